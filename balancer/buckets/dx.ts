import type { BucketHash } from './bucket-hash.ts';

/** Number `step` of the pseudo-random sequence of a key, in [0, capacity). */
export type DrawPosition = (keyHash: number, step: number, capacity: number) => number;

/**
 * DxHash (Dong & Wang, arXiv 2107.07930): a key has a pseudo-random sequence of positions in a
 * fixed array, and goes to the first that works; a removal moves exactly the keys of the bucket.
 * Expected capacity ÷ working draws. The order of removals does not matter.
 */
export class DxHash implements BucketHash {
  readonly capacity: number;
  bucketCount: number;
  readonly #draw: DrawPosition;
  readonly #isWorking: Uint8Array;

  constructor(bucketCount: number, capacity: number, draw: DrawPosition) {
    if (!(bucketCount >= 1 && bucketCount <= capacity)) {
      throw new RangeError(`${bucketCount} buckets do not fit an array of ${capacity}`);
    }
    this.capacity = capacity;
    this.bucketCount = bucketCount;
    this.#draw = draw;
    this.#isWorking = new Uint8Array(capacity).fill(1, 0, bucketCount);
  }

  bucketOf(keyHash: number): number {
    let step = 0;
    let bucket = this.#draw(keyHash, step, this.capacity);
    while (this.#isWorking[bucket] === 0) bucket = this.#draw(keyHash, ++step, this.capacity);
    return bucket;
  }

  remove(bucket: number): void {
    this.#isWorking[bucket] = 0;
  }

  restore(bucket: number): void {
    this.#isWorking[bucket] = 1;
  }

  grow(): void {
    if (this.bucketCount === this.capacity) throw new RangeError('the array is full');
    this.restore(this.bucketCount++);
  }
}
