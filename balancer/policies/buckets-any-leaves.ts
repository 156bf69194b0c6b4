import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { AnchorHash } from '../buckets/anchor.ts';
import type { BucketHash } from '../buckets/bucket-hash.ts';
import { DxHash } from '../buckets/dx.ts';
import { MementoHash } from '../buckets/memento.ts';
import { Removals } from '../buckets/removals.ts';
import { mix32 } from '../hashes/mix.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

/** Slots of the pool are buckets; those that may not be picked are removed. */
class AnyLeaves implements Policy {
  readonly #makeHash: (bucketCount: number, capacity: number) => BucketHash;
  /** Undefined has no limit. */
  #capacity: number | undefined;
  #removals: Removals | undefined;
  #pool: BackendPool | undefined;
  /** By slot: its position in the pool's list. */
  #positions = new Int32Array(0);

  constructor(
    makeHash: (bucketCount: number, capacity: number) => BucketHash,
    capacity: number | undefined,
  ) {
    this.#makeHash = makeHash;
    this.#capacity = capacity;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const { slotCount } = pool;
    if (pool.eligibleCount === 0) return;
    // A full anchor is replaced by one twice as large, which moves keys.
    while (this.#capacity !== undefined && this.#capacity < slotCount) {
      this.#capacity *= 2;
      this.#removals = undefined;
    }
    this.#removals ??= new Removals(this.#makeHash(slotCount, this.#capacity ?? slotCount));
    this.#removals.update(slotCount, (slot) => pool.isEligible(slot as BackendIndex));
    this.#positions = new Int32Array(slotCount);
    for (let i = 0; i < pool.eligibleCount; i++) this.#positions[pool.eligibleAt(i)] = i;
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    if (count === 0) return NO_BACKEND;
    const backend = this.#removals!.hash.bucketOf(keyHash) as BackendIndex;
    if (attempt === 0) return backend;
    return pool.eligibleAt((this.#positions[backend]! + attempt) % count);
  }
}

const capacity = () =>
  z.int().min(1).max(1_048_576).default(128).describe('backends there can be; doubled when full');

const REHASH = {
  first: (keyHash: number) => keyHash,
  next: (hash: number, bucket: number) => mix32(hash, bucket),
};

/** AnchorHash over slots of the pool: see the class. Weights are ignored. */
export const anchor = definePolicy({
  name: 'anchor-hash',
  summary: 'AnchorHash: even, any backend may leave, and only its keys move; capacity is fixed.',
  options: z.strictObject({ capacity: capacity() }),
  consistent: true,
  create: (options) =>
    new AnyLeaves((n, most) => new AnchorHash(n, most, REHASH), options.capacity),
});

/** DxHash over slots of the pool: see the class. Weights are ignored. */
export const dx = definePolicy({
  name: 'dx-hash',
  summary: 'DxHash: the first working place of a key’s sequence; only keys of who leaves move.',
  options: z.strictObject({ capacity: capacity() }),
  consistent: true,
  create: (options) =>
    new AnyLeaves(
      (n, most) => new DxHash(n, most, (key, step, size) => mix32(key, step) % size),
      options.capacity,
    ),
});

/** MementoHash over slots of the pool: see the class. Weights are ignored. */
export const memento = definePolicy({
  name: 'memento-hash',
  summary: 'MementoHash: jump hash that remembers who left, so that any may; only its keys move.',
  options: z.strictObject({}),
  consistent: true,
  create: () => new AnyLeaves((n) => new MementoHash(n, REHASH), undefined),
});
