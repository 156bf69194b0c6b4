import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import { listEligible, type EligibleBackend } from '../pools/eligible-backend.ts';
import { OwnerWalk } from '../rings/owner-walk.ts';

/**
 * A policy that looks the key hash up in a table of owners, modulo its size. Retries go on to the
 * next slot of a different backend.
 */
export class TablePolicy implements Policy {
  /** Never called without backends. */
  readonly #build: (backends: readonly EligibleBackend[]) => Int32Array;
  readonly #walk: OwnerWalk;
  #size = 0;
  /** 1 ÷ size, rounded down, so that products are never above the quotient. */
  #perSlot = 0;

  constructor(build: (backends: readonly EligibleBackend[]) => Int32Array, loadBound?: number) {
    this.#build = build;
    this.#walk = new OwnerWalk(loadBound);
  }

  rebuild(pool: BackendPool): void {
    const backends = listEligible(pool);
    const owners = backends.length === 0 ? new Int32Array(0) : this.#build(backends);
    this.#size = owners.length;
    this.#perSlot = (1 - 2 ** -52) / owners.length;
    this.#walk.rebuild(pool, owners);
  }

  pick({ keyHash, keyLow = -1, attempt }: PickRequest): BackendIndex {
    if (this.#size === 0) return NO_BACKEND;
    if (keyLow >= 0) return this.#walk.find(this.#remainder64(keyHash, keyLow), attempt);
    // The remainder by a product, which takes a third of the time of a division; its rounding may
    // leave the quotient one too small.
    const size = this.#size;
    let slot = keyHash - Math.floor(keyHash * this.#perSlot) * size;
    if (slot >= size) slot -= size;
    return this.#walk.find(slot, attempt);
  }

  /** (high · 2³² + low) mod size; exact, as every product of remainders is below 2⁵². */
  #remainder64(high: number, low: number): number {
    const size = this.#size;
    return ((high % size) * (2 ** 32 % size) + low) % size;
  }
}
