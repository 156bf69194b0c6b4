import type { BackendIndex, BackendPool } from '../backend-pool.ts';

/** How many requests in flight a backend may hold before a key is sent on. */
export interface LoadLimit {
  /** `owners` in ascending order of index. */
  rebuild(pool: BackendPool, owners: readonly BackendIndex[]): void;
  hasRoom(backend: BackendIndex): boolean;
}

/** Requests that a backend of that share of the weight may hold when one more is to be placed. */
export function loadCapacity(loadBound: number, inFlightTotal: number, share: number): number {
  return Math.ceil(loadBound * (inFlightTotal + 1) * share);
}

/** The bound of the paper: ⌈c · (m + 1) · share⌉ with m requests in flight. */
export class LoadBound implements LoadLimit {
  readonly #bound: number;
  #pool: BackendPool | undefined;
  #totalWeight = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  rebuild(pool: BackendPool, owners: readonly BackendIndex[]): void {
    this.#pool = pool;
    this.#totalWeight = owners.reduce((sum, owner) => sum + pool.weight(owner), 0);
  }

  hasRoom(backend: BackendIndex): boolean {
    const pool = this.#pool!;
    const share = pool.weight(backend) / this.#totalWeight;
    return pool.inFlight(backend) < loadCapacity(this.#bound, pool.inFlightTotal, share);
  }
}

/**
 * HAProxy's slots (`lb_chash.c`) of a server of weight `weight` behind others of weight
 * `weightBefore`: ⌊((served + 1) · factor + 99) ÷ 100⌋ slots in all, shared so that the whole parts
 * of the cumulative shares add up; at least 1.
 */
export function haproxySlots(
  served: number,
  factor: number,
  weight: number,
  weightBefore: number,
  totalWeight: number,
): number {
  const total = Math.floor(((served + 1) * factor + 99) / 100);
  const rest = total % totalWeight;
  const whole = (total - rest) / totalWeight;
  const shared =
    Math.floor(((weightBefore + weight) * rest) / totalWeight) -
    Math.floor((weightBefore * rest) / totalWeight);
  return Math.max(1, weight * whole + shared);
}

/** HAProxy's `hash-balance-factor`: a server takes no more while it serves as many as its slots. */
export class HaproxySlots implements LoadLimit {
  readonly #factor: number;
  #pool: BackendPool | undefined;
  /** By slot: the weight of the servers before it. */
  #weightBefore = new Float64Array(0);
  #totalWeight = 0;

  constructor(factor: number) {
    this.#factor = factor;
  }

  rebuild(pool: BackendPool, owners: readonly BackendIndex[]): void {
    this.#pool = pool;
    this.#weightBefore = new Float64Array(pool.slotCount);
    this.#totalWeight = 0;
    for (const owner of owners) {
      this.#weightBefore[owner] = this.#totalWeight;
      this.#totalWeight += pool.weight(owner);
    }
  }

  hasRoom(backend: BackendIndex): boolean {
    const pool = this.#pool!;
    const weight = pool.weight(backend);
    const before = this.#weightBefore[backend]!;
    const served = pool.inFlightTotal;
    const slots = haproxySlots(served, this.#factor, weight, before, this.#totalWeight);
    return pool.inFlight(backend) < slots;
  }
}
