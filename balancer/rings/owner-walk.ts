import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { LoadBound, type LoadLimit } from './load-limit.ts';

/**
 * What a key finds on a ring or in a table of owners: from the position of its hash onwards, the
 * different backends in the order in which they are met. Attempt 0 is the first of them, attempt a
 * the a-th further one, so that retries go elsewhere (Envoy's `ring_index + attempt` may not).
 *
 * With a load bound c, those at their capacity are passed over (Mirrokni, Thorup & Zadimoghaddam
 * 2018): with m requests in flight and one more to place, a backend of share s holds at most
 * ⌈c · (m + 1) · s⌉. As c > 1, at least one is below it.
 */
export class OwnerWalk {
  readonly #limit: LoadLimit | undefined;
  #owners: Int32Array = new Int32Array(0);
  #ownerCount = 0;
  /** Owners met so far in the present walk. */
  #met = new Int32Array(0);

  constructor(limit?: LoadLimit | number) {
    this.#limit = typeof limit === 'number' ? new LoadBound(limit) : limit;
  }

  rebuild(pool: BackendPool, owners: Int32Array): void {
    this.#owners = owners;
    const isOwner = new Uint8Array(pool.slotCount);
    for (const owner of owners) isOwner[owner] = 1;
    const distinct: BackendIndex[] = [];
    isOwner.forEach((is, slot) => is === 1 && distinct.push(slot as BackendIndex));
    this.#ownerCount = distinct.length;
    this.#limit?.rebuild(pool, distinct);
    this.#met = new Int32Array(this.#ownerCount);
  }

  /** `NO_BACKEND` without owners. */
  find(start: number, attempt: number): BackendIndex {
    if (this.#ownerCount === 0) return NO_BACKEND;
    if (this.#limit === undefined) {
      if (attempt === 0) return this.#owners[start]! as BackendIndex;
      return this.#walk(start, attempt % this.#ownerCount, false);
    }
    const found = this.#walk(start, attempt, true);
    // More attempts than backends with room: begin again among all.
    return found === NO_BACKEND ? this.#walk(start, attempt % this.#ownerCount, false) : found;
  }

  /** The backend of that rank among those met, or only among those with room. */
  #walk(start: number, rank: number, needsRoom: boolean): BackendIndex {
    const owners = this.#owners;
    let metCount = 0;
    let passed = 0;
    for (let position = start; metCount < this.#ownerCount;) {
      const owner = owners[position]! as BackendIndex;
      if (!this.#hasMet(owner, metCount)) {
        const counts = !needsRoom || this.#limit!.hasRoom(owner);
        if (counts && passed === rank) return owner;
        if (counts) passed++;
        this.#met[metCount++] = owner;
      }
      position = position + 1 === owners.length ? 0 : position + 1;
    }
    return NO_BACKEND;
  }

  #hasMet(owner: BackendIndex, metCount: number): boolean {
    for (let i = 0; i < metCount; i++) if (this.#met[i] === owner) return true;
    return false;
  }
}
