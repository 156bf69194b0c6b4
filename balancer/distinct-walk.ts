import type { BackendIndex } from './backend-pool.ts';

/**
 * Walks a ring or table of owners from a start and finds other backends than those met before:
 * attempt 0 is the owner at the start, attempt a the a-th further one that differs from all before
 * it. (Envoy's `ring_index + attempt` may try the same host again.)
 */
export class DistinctWalk {
  /** Owners met so far in the present walk. */
  #met = new Int32Array(8);

  /**
   * `ownerCount` is how many different owners stand in `owners[0 … size − 1]`; attempts beyond it
   * begin again from the first.
   */
  find(
    owners: Int32Array,
    size: number,
    ownerCount: number,
    start: number,
    attempt: number,
  ): BackendIndex {
    const wanted = attempt % ownerCount;
    if (wanted === 0) return owners[start]! as BackendIndex;
    if (this.#met.length < wanted) this.#met = new Int32Array(wanted * 2);
    let metCount = 0;
    let position = start;
    for (;;) {
      const owner = owners[position]!;
      if (!this.#hasMet(owner, metCount)) {
        if (metCount === wanted) return owner as BackendIndex;
        this.#met[metCount++] = owner;
      }
      position = position + 1 === size ? 0 : position + 1;
    }
  }

  #hasMet(owner: number, metCount: number): boolean {
    for (let i = 0; i < metCount; i++) if (this.#met[i] === owner) return true;
    return false;
  }
}
