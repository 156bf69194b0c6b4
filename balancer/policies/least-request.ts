import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

class LeastRequest implements Policy {
  readonly #random: RandomSource;
  #pool: BackendPool | undefined;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    let best = NO_BACKEND;
    let bestInFlight = 0;
    let bestWeight = 1;
    let tiedWeight = 0;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const weight = pool.weight(backend);
      // inFlight ÷ weight against the best so far, multiplied out: exact for whole weights.
      const difference = pool.inFlight(backend) * bestWeight - bestInFlight * weight;
      if (best === NO_BACKEND || difference < 0) {
        best = backend;
        bestInFlight = pool.inFlight(backend);
        bestWeight = weight;
        tiedWeight = weight;
      } else if (difference === 0) {
        tiedWeight += weight;
      }
    }
    if (tiedWeight <= bestWeight) return best;
    return this.#drawTied(pool, best, tiedWeight);
  }

  /** One of those as loaded as `best`, which is the first of them, in proportion to weight. */
  #drawTied(pool: BackendPool, best: BackendIndex, tiedWeight: number): BackendIndex {
    const count = pool.eligibleCount;
    const bestInFlight = pool.inFlight(best);
    const bestWeight = pool.weight(best);
    let left = this.#random() * tiedWeight;
    let drawn = best;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const weight = pool.weight(backend);
      if (pool.inFlight(backend) * bestWeight !== bestInFlight * weight) continue;
      drawn = backend;
      left -= weight;
      if (left < 0) break;
    }
    return drawn;
  }
}

/**
 * Join the shortest queue (Haight 1958): looks at all backends and takes the one with the fewest
 * requests in flight per unit of weight. Ties are drawn at random in proportion to weight, which
 * is the tie rule of the closed forms and keeps shares right while everybody is idle. O(n) a pick;
 * Envoy's cheaper form that samples is `two-choices`.
 */
export const leastRequest = definePolicy({
  name: 'least-request',
  summary: 'Takes the backend with the fewest requests in flight for its weight, ties at random.',
  options: z.strictObject({}),
  create: (_options, ports) => new LeastRequest(ports.random),
});
