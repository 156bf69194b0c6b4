import { NO_BACKEND, type BackendIndex, type BackendPool } from './backend-pool.ts';
import { DistinctWalk } from './distinct-walk.ts';
import { listEligible, type EligibleBackend } from './eligible-backend.ts';
import type { PickRequest, Policy } from './policy.ts';

/**
 * A policy that looks the key hash up in a table of owners, modulo its size. Retries go on to the
 * next slot of a different backend.
 */
export class TablePolicy implements Policy {
  /** Never called without backends. */
  readonly #build: (backends: readonly EligibleBackend[]) => Int32Array;
  readonly #walk = new DistinctWalk();
  #owners: Int32Array = new Int32Array(0);
  #ownerCount = 0;

  constructor(build: (backends: readonly EligibleBackend[]) => Int32Array) {
    this.#build = build;
  }

  rebuild(pool: BackendPool): void {
    const backends = listEligible(pool);
    this.#owners = backends.length === 0 ? new Int32Array(0) : this.#build(backends);
    this.#ownerCount = new Set(this.#owners).size;
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const owners = this.#owners;
    const size = owners.length;
    if (size === 0) return NO_BACKEND;
    const slot = keyHash % size;
    if (attempt === 0) return owners[slot]! as BackendIndex;
    return this.#walk.find(owners, size, this.#ownerCount, slot, attempt);
  }
}
