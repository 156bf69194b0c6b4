import type { BucketHash } from './bucket-hash.ts';

/**
 * Keeps a bucket hash at the set of buckets that work now. Buckets come back in any order here:
 * those that left after the one that returns are restored too and leave again, which moves some
 * keys among them, as it must under these algorithms.
 */
export class Removals {
  readonly hash: BucketHash;
  /** Removed buckets in the order of leaving. */
  readonly #removed: number[] = [];

  constructor(hash: BucketHash) {
    this.hash = hash;
  }

  /** `isWorking` of every bucket below `bucketCount`; the rest of them are gone. */
  update(bucketCount: number, isWorking: (bucket: number) => boolean): void {
    const first =
      bucketCount > this.hash.bucketCount ? 0 : this.#removed.findIndex((b) => isWorking(b));
    const again: number[] = [];
    while (first >= 0 && this.#removed.length > first) {
      const bucket = this.#removed.pop()!;
      this.hash.restore(bucket);
      again.unshift(bucket);
    }
    while (this.hash.bucketCount < bucketCount) this.hash.grow();
    for (const bucket of again) if (!isWorking(bucket)) this.#remove(bucket);
    const isRemoved = new Set(this.#removed);
    // From the top down, so that buckets at the end leave no memory (MementoHash).
    for (let bucket = this.hash.bucketCount - 1; bucket >= 0; bucket--) {
      if (!isRemoved.has(bucket) && !isWorking(bucket)) this.#remove(bucket);
    }
  }

  #remove(bucket: number): void {
    this.hash.remove(bucket);
    this.#removed.push(bucket);
  }
}
