import type { BackendIndex, BackendPool } from '../backend-pool.ts';

/**
 * A part of a pool, for a policy that chooses within it. Slots, weights and requests in flight are
 * those of the whole; who may be picked is listed.
 */
export class PoolView implements BackendPool {
  readonly #pool: BackendPool;
  readonly #listed: Int32Array;
  readonly #isListed: Uint8Array;

  /** `listed` in ascending order of index. */
  constructor(pool: BackendPool, listed: readonly BackendIndex[]) {
    this.#pool = pool;
    this.#listed = Int32Array.from(listed);
    this.#isListed = new Uint8Array(pool.slotCount);
    for (const backend of listed) this.#isListed[backend] = 1;
  }

  get slotCount(): number {
    return this.#pool.slotCount;
  }

  get eligibleCount(): number {
    return this.#listed.length;
  }

  get inFlightTotal(): number {
    let total = 0;
    for (const backend of this.#listed) total += this.#pool.inFlight(backend as BackendIndex);
    return total;
  }

  eligibleAt(position: number): BackendIndex {
    return this.#listed[position]! as BackendIndex;
  }

  isEligible(backend: BackendIndex): boolean {
    return this.#isListed[backend] === 1;
  }

  id(backend: BackendIndex): string {
    return this.#pool.id(backend);
  }

  weight(backend: BackendIndex): number {
    return this.#pool.weight(backend);
  }

  inFlight(backend: BackendIndex): number {
    return this.#pool.inFlight(backend);
  }
}
