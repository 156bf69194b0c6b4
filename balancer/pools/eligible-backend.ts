import type { BackendIndex, BackendPool } from '../backend-pool.ts';

/** A row of the pool, for what is built off the hot path: rings and tables. */
export interface EligibleBackend {
  readonly backend: BackendIndex;
  readonly id: string;
  readonly weight: number;
}

/** The eligible backends in ascending order of index. */
export function listEligible(pool: BackendPool): EligibleBackend[] {
  return Array.from({ length: pool.eligibleCount }, (_, i) => {
    const backend = pool.eligibleAt(i);
    return { backend, id: pool.id(backend), weight: pool.weight(backend) };
  });
}
