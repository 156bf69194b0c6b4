import { z } from 'zod';
import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import { utf8 } from '../hashes/bytes.ts';
import { mix32 } from '../hashes/mix.ts';
import { siphash24 } from '../hashes/siphash.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { listEligible } from '../pools/eligible-backend.ts';
import { OwnerWalk } from '../rings/owner-walk.ts';
import { PointRing, RingPoints } from '../rings/point-ring.ts';

class MultiProbe implements Policy {
  readonly #probes: number;
  readonly #walk = new OwnerWalk();
  #ring = new PointRing(new RingPoints());

  constructor(probes: number) {
    this.#probes = probes;
  }

  rebuild(pool: BackendPool): void {
    const points = new RingPoints();
    for (const { backend, id } of listEligible(pool)) points.place(multiProbePoint(id), backend);
    this.#ring = new PointRing(points);
    this.#walk.rebuild(pool, this.#ring.owners);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const start = closestPoint(this.#ring, keyHash, mix32(keyHash, 1), this.#probes);
    return this.#walk.find(start, attempt);
  }
}

/** Upper word of SipHash-2-4 of the id under go-mpchash's first key. */
export function multiProbePoint(id: string): number {
  return Number(siphash24(0n, 0n, utf8(id)) >> 32n);
}

/**
 * Position of the point that lies closest behind one of the probes first + i · stride (modulo 2³²);
 * the earliest probe wins a tie. A point at the probe itself is not behind it.
 */
export function closestPoint(
  ring: PointRing,
  first: number,
  stride: number,
  probes: number,
): number {
  let closest = 0;
  let least = Infinity;
  for (let i = 0; i < probes; i++) {
    const probe = (first + Math.imul(i, stride)) >>> 0;
    const position = probe === 0xffffffff ? 0 : ring.successor(probe + 1);
    const distance = (ring.points[position]! - probe) >>> 0;
    if (distance >= least) continue;
    least = distance;
    closest = position;
  }
  return closest;
}

/**
 * Multi-probe consistent hashing (Appleton & O'Reilly 2015): one point a backend, `probes` hashes a
 * key, and the closest point wins. Points and probes are those of go-mpchash, to 32 bits: probes at
 * equal distances from two hashes, which keep the busiest of 100 within about 10 % of the mean (8
 * to 10 % measured; the paper's 5 % is for 21 independent hashes). Only the busiest is bounded: a
 * point close behind another gets little. Weights are ignored.
 */
export const multiProbe = definePolicy({
  name: 'multi-probe',
  summary: 'A ring with one point a backend, on which every key looks in several places.',
  options: z.strictObject({
    probes: z.int().min(1).max(1000).default(21).describe('places where a key looks'),
  }),
  consistent: true,
  create: ({ probes }) => new MultiProbe(probes),
});
