import { z } from 'zod';
import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import { hash64 } from '../hashes/xxhash.ts';
import { EnvoyBoundedLoad, hashBalanceFactor } from '../layers/envoy-bounded-load.ts';
import { loadBound } from '../options.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { HashRing } from '../rings/hash-ring.ts';
import { OwnerWalk } from '../rings/owner-walk.ts';

export interface RingSizes {
  /** Points per unit of weight; when given, the other two are not used. */
  readonly vnodes?: number | undefined;
  readonly minRingSize: number;
  readonly maxRingSize: number;
}

class RingHash implements Policy {
  readonly #sizes: RingSizes;
  readonly #walk: OwnerWalk;
  #ring = new HashRing([]);

  constructor(sizes: RingSizes, bound: number | undefined) {
    this.#sizes = sizes;
    this.#walk = new OwnerWalk(bound);
  }

  rebuild(pool: BackendPool): void {
    const backends = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    const pointCounts = countPoints(
      backends.map((backend) => pool.weight(backend)),
      this.#sizes,
    );
    this.#ring = new HashRing(
      backends.map((owner, i) => ({ owner, id: pool.id(owner), pointCount: pointCounts[i]! })),
    );
    this.#walk.rebuild(pool, this.#ring.owners);
  }

  pick({ keyHash, keyLow = -1, attempt }: PickRequest): BackendIndex {
    return this.#walk.find(this.#ring.successor(keyHash, keyLow < 0 ? 0 : keyLow), attempt);
  }
}

/**
 * Points per backend, in the order given. Envoy's rule: the ring is the smallest that has at least
 * `minRingSize` points and a whole number for the lightest backend, at most `maxRingSize`; rounding
 * is carried from one backend to the next, so the order of backends decides who gets the odd point.
 */
export function countPoints(weights: readonly number[], sizes: RingSizes): number[] {
  const { vnodes, minRingSize, maxRingSize } = sizes;
  if (vnodes !== undefined) {
    return weights.map((weight) => Math.max(1, Math.round(vnodes * weight)));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lightest = weights.reduce((least, weight) => Math.min(least, weight / total), 1);
  const scale = Math.min(Math.ceil(lightest * minRingSize) / lightest, maxRingSize);
  let current = 0;
  let target = 0;
  return weights.map((weight) => {
    target += scale * (weight / total);
    const before = current;
    while (current < target) current++;
    return current - before;
  });
}

/**
 * Consistent hashing on a ring (Karger et al. 1997) in Envoy's variant: point i of a backend stands
 * at XXH64 of `ID_i`; a key belongs to the first point at or after its hash. Retries go to the next
 * different backend clockwise. With `min_ring_size` a change of membership changes the number of
 * points of those that stay, which moves a few keys between them; `vnodes` avoids that.
 * Defaults are Envoy's (`ring_hash_lb_config`).
 */
export const ringHash = definePolicy({
  name: 'ring-hash',
  summary: 'Sends a key to the first backend clockwise on a hash ring (Envoy, XXH64).',
  options: z.strictObject({
    vnodes: z.int().min(1).max(65_536).optional().describe('points per unit of weight'),
    min_ring_size: z.int().min(1).max(8_388_608).default(1024).describe('points at least'),
    max_ring_size: z.int().min(1).max(8_388_608).default(8_388_608).describe('points at most'),
    load_bound: loadBound().optional(),
    hash_balance_factor: hashBalanceFactor(),
  }),
  consistent: true,
  hashKey64: (text) => hash64(text),
  create: (options) => {
    const { vnodes, min_ring_size: minRingSize, max_ring_size: maxRingSize } = options;
    const ring = new RingHash({ vnodes, minRingSize, maxRingSize }, options.load_bound);
    return EnvoyBoundedLoad.around(ring, options.hash_balance_factor);
  },
});
