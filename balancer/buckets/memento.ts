import type { BucketHash, RehashKey } from './bucket-hash.ts';
import { jumpHash } from './jump.ts';

/**
 * MementoHash (Coluzzi et al., arXiv 2306.09783): jump hash over all buckets there ever were, and a
 * memory of those removed, so that any may leave and the number has no limit. A key that falls on a
 * removed bucket is hashed again among those that worked after that removal.
 */
export class MementoHash implements BucketHash {
  readonly #rehash: RehashKey;
  #jumpCount: number;
  /** Of a removed bucket: how many worked after its removal, which is also who replaces it. */
  #replacement: Int32Array;
  #removedCount = 0;
  bucketCount: number;

  constructor(bucketCount: number, rehash: RehashKey) {
    this.bucketCount = bucketCount;
    this.#jumpCount = bucketCount;
    this.#rehash = rehash;
    this.#replacement = new Int32Array(bucketCount).fill(-1);
  }

  bucketOf(keyHash: number): number {
    const replacement = this.#replacement;
    let bucket = jumpHash(0, this.#rehash.first(keyHash), this.#jumpCount);
    let limit = replacement[bucket]!;
    while (limit >= 0) {
      bucket = this.#rehash.next(keyHash, bucket) % limit;
      let next = replacement[bucket]!;
      while (next >= limit) {
        bucket = next;
        next = replacement[bucket]!;
      }
      limit = next;
    }
    return bucket;
  }

  /** Without a removal before it, the last bucket simply goes, as under jump hash. */
  remove(bucket: number): void {
    if (this.#removedCount === 0 && bucket === this.#jumpCount - 1) {
      this.#jumpCount--;
      return;
    }
    this.#replacement[bucket] = this.#jumpCount - this.#removedCount - 1;
    this.#removedCount++;
  }

  restore(bucket: number): void {
    if (bucket === this.#jumpCount) {
      this.#jumpCount++;
      return;
    }
    this.#replacement[bucket] = -1;
    this.#removedCount--;
  }

  grow(): void {
    if (this.bucketCount === this.#replacement.length) {
      const grown = new Int32Array(2 * this.bucketCount).fill(-1);
      grown.set(this.#replacement);
      this.#replacement = grown;
    }
    this.bucketCount++;
    this.#jumpCount++;
  }
}
