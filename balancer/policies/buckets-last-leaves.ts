import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { binomialHash } from '../buckets/binomial.ts';
import { flipHash } from '../buckets/flip.ts';
import { jumpBackHash, SplitMix64, XorshiftL7R9 } from '../buckets/jump-back.ts';
import { powerHash } from '../buckets/power.ts';
import { mix32 } from '../hashes/mix.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

/**
 * A bucket in [0, bucketCount) for a key; only the last one can leave without moving other keys.
 */
type HashToBucket = (keyHash: number, bucketCount: number) => number;

class LastLeaves implements Policy {
  readonly #hash: HashToBucket;
  #pool: BackendPool | undefined;

  constructor(hash: HashToBucket) {
    this.#hash = hash;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    if (count === 0) return NO_BACKEND;
    return pool.eligibleAt((this.#hash(keyHash, count) + attempt) % count);
  }
}

function defineLastLeaves(name: string, summary: string, makeHash: () => HashToBucket) {
  return definePolicy({
    name,
    summary,
    options: z.strictObject({}),
    consistent: true,
    create: () => new LastLeaves(makeHash()),
  });
}

/** The upper word of the 64-bit hash is another hash of the key. */
const UPPER_SALT = 1;

/** See `jumpBackHash`; with both generators of Ertl's hash4j. */
export const jumpBack = definePolicy({
  name: 'jump-back-hash',
  summary:
    'JumpBackHash: even and without tables in constant time; only the last backend may leave.',
  options: z.strictObject({
    generator: z
      .enum(['xorshift-l7r9', 'splitmix64'])
      .default('xorshift-l7r9')
      .describe('of further draws, both of hash4j'),
  }),
  consistent: true,
  create: ({ generator: name }) => {
    const generator = name === 'splitmix64' ? new SplitMix64() : new XorshiftL7R9();
    return new LastLeaves((key, count) =>
      jumpBackHash(mix32(key, UPPER_SALT), key, count, generator),
    );
  },
});

/** See `binomialHash`. */
export const binomial = defineLastLeaves(
  'binomial-hash',
  'BinomialHash: even and without tables in constant time; only the last backend may leave.',
  () => binomialHash,
);

/** See `powerHash`; its hash is `mix32`. */
export const powerCh = defineLastLeaves(
  'power-hash',
  'PowerCH: even and without tables in constant time; only the last backend may leave.',
  () => (key, count) => powerHash(key, count, mix32),
);

/** See `flipHash`; its hashes are `mix32`. */
export const flip = defineLastLeaves(
  'flip-hash',
  'FlipHash: even and without tables in constant time; only the last backend may leave.',
  () => {
    const hashes = {
      flip: mix32,
      draw: (hash: number, zeros: number, count: number) => mix32(mix32(hash, zeros), count),
    };
    return (key, count) => flipHash(key, count, hashes);
  },
);
