import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';

/**
 * Whether a backend keeps clients and connections that it has: it may be picked, or it drains and
 * is well (HAProxy's drain mode: nothing new but what is persistent).
 */
export function mayKeep(pool: BackendTable, backend: BackendIndex): boolean {
  if (pool.isEligible(backend)) return true;
  const isWell = pool.isHealthy(backend) && !pool.isEjected(backend);
  return isWell && pool.isMember(backend) && !pool.isEnabled(backend);
}
