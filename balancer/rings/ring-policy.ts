import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import { listEligible, type EligibleBackend } from '../pools/eligible-backend.ts';
import type { LoadLimit } from './load-limit.ts';
import { OwnerWalk } from './owner-walk.ts';
import { PointRing, RingPoints } from './point-ring.ts';

export interface RingLayout {
  /** Places the points of all eligible backends, which come in ascending order of index. */
  readonly place: (backends: readonly EligibleBackend[], ring: RingPoints) => void;
  /** Which point a hash belongs to; the successor when absent. */
  readonly rule?: 'successor' | 'nearest';
  readonly dropEqual?: boolean;
}

/**
 * A policy on a ring of 32-bit points: products differ in where they place points and in which
 * point a hash belongs to. Retries go on clockwise to the next different backend.
 */
export class RingPolicy implements Policy {
  readonly #layout: RingLayout;
  readonly #walk: OwnerWalk;
  #ring = new PointRing(new RingPoints());

  constructor(layout: RingLayout, limit?: LoadLimit | number) {
    this.#layout = layout;
    this.#walk = new OwnerWalk(limit);
  }

  rebuild(pool: BackendPool): void {
    const { place, dropEqual = false } = this.#layout;
    const points = new RingPoints();
    place(listEligible(pool), points);
    this.#ring = new PointRing(points, { dropEqual });
    this.#walk.rebuild(pool, this.#ring.owners);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const ring = this.#ring;
    const isNearest = this.#layout.rule === 'nearest';
    const start = isNearest ? ring.nearest(keyHash) : ring.successor(keyHash);
    return this.#walk.find(start, attempt);
  }
}
