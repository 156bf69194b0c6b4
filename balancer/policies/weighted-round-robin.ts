import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';

class WeightedRoundRobin implements Policy {
  #pool: BackendPool | undefined;
  /** By slot: how much is owed to a backend. Sums to 0 while nobody joins or leaves. */
  #current = new Float64Array(0);
  #wasEligible = new Uint8Array(0);
  #totalWeight = 0;

  rebuild(pool: BackendPool): void {
    const current = new Float64Array(pool.slotCount);
    const isEligible = new Uint8Array(pool.slotCount);
    this.#totalWeight = 0;
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      isEligible[backend] = 1;
      this.#totalWeight += pool.weight(backend);
      // Whoever stays keeps its place in the turn; whoever joins is owed nothing yet.
      if (this.#wasEligible[backend]) current[backend] = this.#current[backend]!;
    }
    this.#pool = pool;
    this.#current = current;
    this.#wasEligible = isEligible;
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    const current = this.#current;
    const count = pool.eligibleCount;
    let best = NO_BACKEND;
    let bestCurrent = -Infinity;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const owed = current[backend]! + pool.weight(backend);
      current[backend] = owed;
      if (owed > bestCurrent) {
        best = backend;
        bestCurrent = owed;
      }
    }
    if (best !== NO_BACKEND) current[best] = bestCurrent - this.#totalWeight;
    return best;
  }
}

/**
 * Smooth weighted round robin as in nginx (`ngx_http_upstream_round_robin.c`): every backend earns
 * its weight at each pick, the richest (the first on a tie) is picked and pays the total. Weights
 * 5, 1, 1 give a a b a c a a. O(n) a pick.
 */
export const weightedRoundRobin = definePolicy({
  name: 'weighted-round-robin',
  summary: 'Takes the backends in turn, each as often as its weight says, evenly interleaved.',
  options: z.strictObject({}),
  create: () => new WeightedRoundRobin(),
});
