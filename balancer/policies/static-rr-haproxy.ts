import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';
import { listEligible } from '../pools/eligible-backend.ts';
import { serverMap } from '../tables/haproxy-map.ts';

class StaticRoundRobin implements Policy {
  #map: Int32Array = new Int32Array(0);
  #next = 0;

  rebuild(pool: BackendPool): void {
    this.#map = serverMap(listEligible(pool));
  }

  pick(): BackendIndex {
    if (this.#map.length === 0) return NO_BACKEND;
    if (this.#next >= this.#map.length) this.#next = 0;
    return this.#map[this.#next++]! as BackendIndex;
  }
}

/**
 * HAProxy's `balance static-rr` (`lb_map.c`): a table walked in turn, built anew when anything
 * changes; the turn goes on where it was. O(1) a pick; the table has as many slots as the weights
 * (in sixteenths, reduced) sum to.
 */
export const staticRrHaproxy = definePolicy({
  name: 'static-rr-haproxy',
  summary: 'Walks a table in which each backend stands as often as its weight says (HAProxy).',
  options: z.strictObject({}),
  create: () => new StaticRoundRobin(),
});
