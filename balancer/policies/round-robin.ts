import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';

class RoundRobin implements Policy {
  #pool: BackendPool | undefined;
  /** Position in the pool's ascending list of what the next pick returns. */
  #next = 0;
  /** Picked last; a rebuilt turn goes on behind it. */
  #last: BackendIndex = NO_BACKEND;

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const count = pool.eligibleCount;
    let next = 0;
    while (next < count && pool.eligibleAt(next) <= this.#last) next++;
    this.#next = next;
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    if (pool.eligibleCount === 0) return NO_BACKEND;
    if (this.#next >= pool.eligibleCount) this.#next = 0;
    this.#last = pool.eligibleAt(this.#next++);
    return this.#last;
  }
}

/**
 * Every eligible backend once a turn, in order of index, whatever its weight:
 * `weighted-round-robin` is the policy that heeds weights. A change of membership neither restarts
 * the turn nor skips anyone.
 */
export const roundRobin = definePolicy({
  name: 'round-robin',
  summary: 'Takes the backends in turn and ignores their weights.',
  options: z.strictObject({}),
  create: () => new RoundRobin(),
});
