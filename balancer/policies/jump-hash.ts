import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { jumpHash } from '../buckets/jump.ts';
import { hash64 } from '../hashes/xxhash.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

class JumpHash implements Policy {
  #pool: BackendPool | undefined;

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
  }

  pick({ keyHash, keyLow = -1, attempt }: PickRequest): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    if (count === 0) return NO_BACKEND;
    const bucket = keyLow < 0 ? jumpHash(0, keyHash, count) : jumpHash(keyHash, keyLow, count);
    return pool.eligibleAt((bucket + attempt) % count);
  }
}

/**
 * Jump consistent hash (Lamping & Veach 2014; Guava's `consistentHash` of the key hash) over the
 * eligible backends in order of index: perfectly even, no memory. Weights are ignored, and only the
 * last backend can leave without moving other keys: when one in the middle does, those behind it
 * are renumbered. Attempt a goes to the a-th backend further on.
 */
export const jump = definePolicy({
  name: 'jump-hash',
  summary: 'Jump consistent hash: even and without tables, but only the last backend may leave.',
  options: z.strictObject({}),
  consistent: true,
  hashKey64: (text) => hash64(text),
  create: () => new JumpHash(),
});
