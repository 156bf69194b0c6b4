/** Dense, stable while the backend is a member; a vacated slot is used again. */
export type BackendIndex = number & { readonly brand: 'BackendIndex' };

/** Answer of a pick when nothing is eligible. */
export const NO_BACKEND = -1 as BackendIndex;

/** What a policy may see of the backends. */
export interface BackendPool {
  /** Slots are 0 … slotCount − 1; some may be vacant. */
  readonly slotCount: number;
  /** How many backends may be picked now. */
  readonly eligibleCount: number;
  /** The eligible backends in ascending order of index; `position` in [0, eligibleCount). */
  eligibleAt(position: number): BackendIndex;
  /** Member, enabled, weight above 0, and (unless the pool panics) healthy and not ejected. */
  isEligible(backend: BackendIndex): boolean;
  /** In the pool, well or not; a view that does not say has only its eligible ones. */
  isMember?(backend: BackendIndex): boolean;
  /** What consistent hashing hashes; unique among members. */
  id(backend: BackendIndex): string;
  weight(backend: BackendIndex): number;
  inFlight(backend: BackendIndex): number;
  /** Over all slots, those included whose backend has left. */
  readonly inFlightTotal: number;
}

/** A pool that knows its members which may not be picked, too. */
export interface WholePool extends BackendPool {
  isMember(backend: BackendIndex): boolean;
  /** Not drained. */
  isEnabled(backend: BackendIndex): boolean;
}

/**
 * For layers that reckon with members that are ill. Throws for a part of a pool (`PoolView`), which
 * knows its eligible ones only: such a layer stands around others, not within.
 */
export function wholePool(pool: BackendPool, layer: string): WholePool {
  if ('isMember' in pool && 'isEnabled' in pool) return pool as WholePool;
  throw new Error(`${layer} need the whole pool, and stand around layers that divide it`);
}

export interface BackendOptions {
  readonly id: string;
  /** Relative share; 1 when absent. 0 keeps the member but gives it nothing new. */
  readonly weight?: number;
}
