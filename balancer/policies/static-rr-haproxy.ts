import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { effectiveWeight } from '../haproxy-weights.ts';
import { definePolicy, type Policy } from '../policy.ts';

class StaticRoundRobin implements Policy {
  #map = new Int32Array(0);
  #next = 0;

  rebuild(pool: BackendPool): void {
    const count = pool.eligibleCount;
    const weights = Array.from({ length: count }, (_, i) =>
      effectiveWeight(pool, pool.eligibleAt(i)),
    );
    const divisor = weights.reduce((gcd, weight) => greatestCommonDivisor(gcd, weight), 0);
    const map = fillMap(weights.map((weight) => weight / divisor));
    this.#map = map.map((position) => pool.eligibleAt(position));
  }

  pick(): BackendIndex {
    if (this.#map.length === 0) return NO_BACKEND;
    if (this.#next >= this.#map.length) this.#next = 0;
    return this.#map[this.#next++]! as BackendIndex;
  }
}

/**
 * HAProxy's `recalc_server_map`: as many slots as the weights sum to. At each slot everybody earns
 * his weight, and the first whose score, in whole multiples of the total, is greatest pays it.
 */
function fillMap(weights: readonly number[]): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = weights.map(() => 0);
  return Int32Array.from({ length: total }, () => {
    let best = -1;
    let most = 0;
    for (let i = 0; i < weights.length; i++) {
      scores[i]! += weights[i]!;
      const multiple = Math.trunc((scores[i]! + total) / total);
      if (best >= 0 && multiple <= most) continue;
      best = i;
      most = multiple;
    }
    scores[best]! -= total;
    return best;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
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
