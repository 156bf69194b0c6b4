import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { Mt19937 } from '../draws/mt19937.ts';
import type { PickRequest, Policy } from '../policy.ts';

/** Envoy's option: 0 or absent is off; 150 lets a host have 1.5 times its share. */
export function hashBalanceFactor() {
  return z
    .int()
    .min(0)
    .max(100_000)
    .refine((factor) => factor === 0 || factor >= 100, { error: 'a balance factor is from 100' })
    .optional()
    .describe('per cent of its share that a backend may hold, else by chance (Envoy)');
}

/** Envoy's slots of a host of that share of the weight, with so many requests in flight in all. */
export function envoySlots(inFlightTotal: number, factor: number, share: number): number {
  const total = Math.floor(((inFlightTotal + 1) * factor + 99) / 100);
  return Math.max(1, Math.ceil(total * share));
}

/**
 * Bounded loads as in Envoy (`thread_aware_lb_impl.cc`): when the host that the hash leads to holds
 * more than its slots, all hosts are shuffled by a Mersenne twister seeded with the hash, and the
 * first that does not is taken, or the least overloaded. A random jump instead of a walk keeps the
 * neighbour from overflowing next (Chen, Coleman & Shrivastava 2019); a host may hold one more than
 * its slots. O(n) when it overflows.
 */
export class EnvoyBoundedLoad implements Policy {
  readonly #inner: Policy;
  readonly #factor: number;
  readonly #random = new Mt19937(0);
  #pool: BackendPool | undefined;
  #totalWeight = 0;
  #order = new Int32Array(0);

  constructor(inner: Policy, factor: number) {
    this.#inner = inner;
    this.#factor = factor;
  }

  /** The policy itself without a factor. */
  static around(inner: Policy, factor: number | undefined): Policy {
    return factor === undefined || factor === 0 ? inner : new EnvoyBoundedLoad(inner, factor);
  }

  rebuild(pool: BackendPool): void {
    this.#inner.rebuild(pool);
    this.#pool = pool;
    this.#order = new Int32Array(pool.eligibleCount);
    this.#totalWeight = 0;
    for (let i = 0; i < pool.eligibleCount; i++)
      this.#totalWeight += pool.weight(pool.eligibleAt(i));
  }

  pick(request: PickRequest): BackendIndex {
    const backend = this.#inner.pick(request);
    if (backend === NO_BACKEND) return backend;
    const overload = this.#overloadOf(backend);
    if (overload <= 1) return backend;
    // Envoy's twister takes the lower word of the 64-bit hash.
    const { keyHash, keyLow = -1 } = request;
    return this.#pickElsewhere(keyLow < 0 ? keyHash : keyLow, backend, overload);
  }

  #pickElsewhere(hash: number, first: BackendIndex, overload: number): BackendIndex {
    const pool = this.#pool!;
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i;
    this.#random.reseed(hash);
    let least = first;
    let leastOverload = overload;
    for (let i = 0; i < order.length; i++) {
      const at = i + this.#random.below(order.length - i);
      const position = order[at]!;
      order[at] = order[i]!;
      order[i] = position;
      const backend = pool.eligibleAt(position);
      const candidate = this.#overloadOf(backend);
      if (candidate <= 1) return backend;
      if (candidate >= leastOverload) continue;
      least = backend;
      leastOverload = candidate;
    }
    return least;
  }

  /** Requests in flight ÷ slots. */
  #overloadOf(backend: BackendIndex): number {
    const pool = this.#pool!;
    const share = pool.weight(backend) / this.#totalWeight;
    return pool.inFlight(backend) / envoySlots(pool.inFlightTotal, this.#factor, share);
  }
}
