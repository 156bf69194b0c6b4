import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { Outcome } from '../ports.ts';

class WeightedRoundRobin implements Policy {
  readonly #maxFails: number;
  #pool: BackendPool | undefined;
  /** By slot: how much is owed to a backend. Sums to 0 while nobody joins or leaves. */
  #current = new Float64Array(0);
  /** By slot: what a backend earns at a pick; its weight, unless it failed of late. */
  #effective = new Float64Array(0);
  readonly #owners = new SlotOwners({ keepsAbsent: true });

  constructor(maxFails: number) {
    this.#maxFails = maxFails;
  }

  /** Whoever stays, or is back, keeps its place in the turn; whoever joins is owed nothing yet. */
  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    if (pool.slotCount > this.#current.length) this.#grow(pool.slotCount);
    this.#owners.update(pool, {
      joined: (backend) => {
        this.#current[backend] = 0;
        this.#effective[backend] = pool.weight(backend);
      },
    });
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      const weight = pool.weight(backend);
      if (this.#effective[backend]! > weight || this.#maxFails === 0) {
        this.#effective[backend] = weight;
      }
    }
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    const current = this.#current;
    const effective = this.#effective;
    const count = pool.eligibleCount;
    let best = NO_BACKEND;
    let bestCurrent = -Infinity;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const earned = effective[backend]!;
      const owed = current[backend]! + earned;
      current[backend] = owed;
      total += earned;
      if (this.#maxFails > 0) effective[backend] = Math.min(pool.weight(backend), earned + 1);
      if (owed > bestCurrent) {
        best = backend;
        bestCurrent = owed;
      }
    }
    if (best !== NO_BACKEND) current[best] = bestCurrent - total;
    return best;
  }

  onFinish(backend: BackendIndex, outcome: Outcome): void {
    if (this.#maxFails === 0 || outcome === 'success' || backend >= this.#effective.length) return;
    const less = Math.floor(this.#pool!.weight(backend) / this.#maxFails);
    this.#effective[backend] = Math.max(0, this.#effective[backend]! - less);
  }

  #grow(slotCount: number): void {
    const current = new Float64Array(slotCount);
    const effective = new Float64Array(slotCount);
    current.set(this.#current);
    effective.set(this.#effective);
    this.#current = current;
    this.#effective = effective;
  }
}

/**
 * Smooth weighted round robin as in nginx (`ngx_http_upstream_round_robin.c`): every backend earns
 * its weight at each pick, the richest (the first on a tie) is picked and pays the total. Weights
 * 5, 1, 1 give a a b a c a a. With `max_fails` a failure takes that part of what a backend earns,
 * and it regains 1 a pick. O(n) a pick.
 */
export const weightedRoundRobin = definePolicy({
  name: 'weighted-round-robin',
  summary: 'Takes the backends in turn, each as often as its weight says, evenly interleaved.',
  options: z.strictObject({
    max_fails: z.int().min(0).default(0).describe('a failure costs 1/max_fails of it; 0 nothing'),
  }),
  create: (options) => new WeightedRoundRobin(options.max_fails),
});
