import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { duration, probability } from '../options.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { LoadReport, RandomSource } from '../ports.ts';

interface HeatSettings {
  readonly mostHitRatio: number;
  readonly likeRatio: number;
  readonly expirationNs: number;
}

/** Of a backend that has reported nothing: its cache counts as empty. */
const COLD = 0;

class HeatWeighted implements Policy {
  readonly #settings: HeatSettings;
  readonly #random: RandomSource;
  #pool: BackendPool | undefined;
  readonly #owners = new SlotOwners({ keepsAbsent: false });
  /** By slot: the hit ratio told last, and when; −Infinity is never. */
  #hitRatio = new Float64Array(0);
  #toldNs = new Float64Array(0);
  /** Weights of the pick under way, by position. */
  #weights = new Float64Array(0);

  constructor(settings: HeatSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Whoever is new, or back, has an empty cache until it says otherwise. */
  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#grow(pool.slotCount);
    this.#owners.update(pool, {
      joined: (backend) => {
        this.#hitRatio[backend] = COLD;
        this.#toldNs[backend] = -Infinity;
      },
    });
    this.#weights = new Float64Array(pool.eligibleCount);
  }

  pick({ nowNs }: PickRequest): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    if (count === 0) return NO_BACKEND;
    const isLike = this.#isLike(nowNs);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const missRatio = isLike ? 1 : 1 - this.#hitRatioAt(backend, nowNs);
      total += pool.weight(backend) / missRatio;
      this.#weights[i] = total;
    }
    const drawn = this.#random() * total;
    let position = 0;
    while (position < count - 1 && this.#weights[position]! <= drawn) position++;
    const picked = pool.eligibleAt(position);
    // One request is enough to hear of it again: for another while its old ratio counts.
    if (this.#isExpired(picked, nowNs)) this.#toldNs[picked] = nowNs;
    return picked;
  }

  onReport(backend: BackendIndex, { hitRatio }: LoadReport, nowNs: number): void {
    if (hitRatio === undefined || !this.#owners.has(backend)) return;
    this.#hitRatio[backend] = hitRatio;
    this.#toldNs[backend] = nowNs;
  }

  /** Nobody has reported, or hit ratios are so much alike that load is what to equalise. */
  #isLike(nowNs: number): boolean {
    const pool = this.#pool!;
    let least = 1;
    let most = 0;
    let isKnown = false;
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      if (this.#toldNs[backend]! > -Infinity) isKnown = true;
      const hitRatio = this.#hitRatioAt(backend, nowNs);
      least = Math.min(least, hitRatio);
      most = Math.max(most, hitRatio);
    }
    return !isKnown || most - least <= this.#settings.likeRatio;
  }

  #hitRatioAt(backend: BackendIndex, nowNs: number): number {
    const { mostHitRatio } = this.#settings;
    if (this.#isExpired(backend, nowNs)) return mostHitRatio;
    return Math.min(mostHitRatio, this.#hitRatio[backend]!);
  }

  /** Silent for long though it has reported: tried, to hear of it again. */
  #isExpired(backend: BackendIndex, nowNs: number): boolean {
    const toldNs = this.#toldNs[backend]!;
    return toldNs > -Infinity && nowNs - toldNs > this.#settings.expirationNs;
  }

  #grow(count: number): void {
    if (count <= this.#hitRatio.length) return;
    const hitRatio = new Float64Array(count);
    const toldNs = new Float64Array(count).fill(-Infinity);
    hitRatio.set(this.#hitRatio);
    toldNs.set(this.#toldNs);
    this.#hitRatio = hitRatio;
    this.#toldNs = toldNs;
  }
}

/**
 * ScyllaDB's heat-weighted load balancing (`heat_load_balance.cc`, `consistency_level.cc`) for one
 * replica out of all: in proportion to 1 ÷ miss ratio as backends report it, so that all have the
 * same number of misses a second, and one whose cache is cold warms it with what it can serve.
 * Times the weight of the pool. Without reports, and when hit ratios differ by no more than `like`,
 * in proportion to weight. Who has been silent for `expiration` is tried once.
 *
 * A hit ratio counts as `most_hit_ratio` at most: above it misses are too few to matter, and a cold
 * backend still gets a twentieth of a hot one's requests. It was 99.9 % up to scylladb#8815: there
 * nodes of 99 and 98 % got two requests to one, for no reason, and a cold one a thousandth, too
 * few to warm up. O(n) a pick.
 */
export const heatWeighted = definePolicy({
  name: 'heat-weighted',
  summary: 'In proportion to 1 ÷ cache miss ratio, so that cold backends warm up (ScyllaDB).',
  options: z.strictObject({
    most_hit_ratio: probability()
      .pipe(z.number().lt(1, { error: 'below 100 %: misses are divided by' }))
      .prefault('95%')
      .describe('a higher one counts as this; 99.9% is the defect of scylladb#8815'),
    like: probability().prefault('1%').describe('a difference in hit ratios that is none'),
    expiration: duration().prefault('1s').describe('of a report'),
  }),
  create: (options, { random }) =>
    new HeatWeighted(
      {
        mostHitRatio: options.most_hit_ratio,
        likeRatio: options.like,
        expirationNs: options.expiration,
      },
      random,
    ),
});
