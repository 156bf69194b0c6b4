import { NO_BACKEND, type BackendIndex, type BackendPool } from './backend-pool.ts';
import { DistinctWalk } from './distinct-walk.ts';
import { listEligible, type EligibleBackend } from './eligible-backend.ts';
import { PointRing, RingPoints } from './point-ring.ts';
import type { PickRequest, Policy } from './policy.ts';

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
  readonly #walk = new DistinctWalk();
  #ring = new PointRing(new RingPoints());

  constructor(layout: RingLayout) {
    this.#layout = layout;
  }

  rebuild(pool: BackendPool): void {
    const { place, dropEqual = false } = this.#layout;
    const points = new RingPoints();
    place(listEligible(pool), points);
    this.#ring = new PointRing(points, { dropEqual });
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const ring = this.#ring;
    if (ring.size === 0) return NO_BACKEND;
    const isNearest = this.#layout.rule === 'nearest';
    const start = isNearest ? ring.nearest(keyHash) : ring.successor(keyHash);
    return this.#walk.find(ring.owners, ring.size, ring.ownerCount, start, attempt);
  }
}
