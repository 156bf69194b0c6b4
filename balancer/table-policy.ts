import { NO_BACKEND, type BackendIndex, type BackendPool } from './backend-pool.ts';
import { listEligible, type EligibleBackend } from './eligible-backend.ts';
import { OwnerWalk } from './owner-walk.ts';
import type { PickRequest, Policy } from './policy.ts';

/**
 * A policy that looks the key hash up in a table of owners, modulo its size. Retries go on to the
 * next slot of a different backend.
 */
export class TablePolicy implements Policy {
  /** Never called without backends. */
  readonly #build: (backends: readonly EligibleBackend[]) => Int32Array;
  readonly #walk: OwnerWalk;
  #size = 0;

  constructor(build: (backends: readonly EligibleBackend[]) => Int32Array, loadBound?: number) {
    this.#build = build;
    this.#walk = new OwnerWalk(loadBound);
  }

  rebuild(pool: BackendPool): void {
    const backends = listEligible(pool);
    const owners = backends.length === 0 ? new Int32Array(0) : this.#build(backends);
    this.#size = owners.length;
    this.#walk.rebuild(pool, owners);
  }

  pick({ keyHash, keyLow = -1, attempt }: PickRequest): BackendIndex {
    if (this.#size === 0) return NO_BACKEND;
    if (keyLow >= 0) return this.#walk.find(this.#remainder64(keyHash, keyLow), attempt);
    // both are unsigned 32-bit integers; said so, the remainder is an integer's and not a double's
    return this.#walk.find((keyHash >>> 0) % (this.#size >>> 0), attempt);
  }

  /** (high · 2³² + low) mod size; exact, as every product of remainders is below 2⁵². */
  #remainder64(high: number, low: number): number {
    const size = this.#size;
    return ((high % size) * (2 ** 32 % size) + low) % size;
  }
}
