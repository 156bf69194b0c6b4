import type { BucketHash, RehashKey } from './bucket-hash.ts';

/**
 * AnchorHash (Mendelson et al., ToN 2020), with the paper's arrays: a fixed number of buckets, most
 * of them perhaps never used. Expected 1 + ln(capacity ÷ working) hashes a look-up, and a removal
 * moves exactly the keys of the removed bucket, evenly.
 */
export class AnchorHash implements BucketHash {
  readonly capacity: number;
  bucketCount: number;
  readonly #rehash: RehashKey;
  /** A: 0 while a bucket works, else how many worked after its removal. */
  readonly #workingAfter: Uint32Array;
  /** W: the working buckets, those that left behind them; L: where each bucket stood last. */
  readonly #working: Uint32Array;
  readonly #lastPlace: Uint32Array;
  /** K: who took the place of a removed bucket. */
  readonly #successor: Uint32Array;
  #workingCount: number;

  constructor(bucketCount: number, capacity: number, rehash: RehashKey) {
    if (!(bucketCount >= 1 && bucketCount <= capacity)) {
      throw new RangeError(`${bucketCount} buckets do not fit an anchor of ${capacity}`);
    }
    const identity = () => Uint32Array.from({ length: capacity }, (_, i) => i);
    this.capacity = capacity;
    this.bucketCount = bucketCount;
    this.#rehash = rehash;
    this.#workingAfter = identity().fill(0, 0, bucketCount);
    this.#working = identity();
    this.#lastPlace = identity();
    this.#successor = identity();
    this.#workingCount = bucketCount;
  }

  /** Hashes are held as unsigned words, for a remainder in whole numbers: a quarter faster. */
  bucketOf(keyHash: number): number {
    const workingAfter = this.#workingAfter;
    let hash = this.#rehash.first(keyHash) >>> 0;
    let bucket = hash % (this.capacity >>> 0);
    while (workingAfter[bucket]! > 0) {
      const limit = workingAfter[bucket]!;
      hash = this.#rehash.next(hash, bucket) >>> 0;
      let candidate = hash % limit;
      while (workingAfter[candidate]! >= limit) candidate = this.#successor[candidate]!;
      bucket = candidate;
    }
    return bucket;
  }

  remove(bucket: number): void {
    const count = --this.#workingCount;
    const last = this.#working[count]!;
    const place = this.#lastPlace[bucket]!;
    this.#workingAfter[bucket] = count;
    this.#working[place] = last;
    this.#lastPlace[last] = place;
    this.#successor[bucket] = last;
  }

  restore(bucket: number): void {
    const count = this.#workingCount++;
    this.#workingAfter[bucket] = 0;
    this.#lastPlace[this.#working[count]!] = count;
    this.#working[this.#lastPlace[bucket]!] = bucket;
    this.#successor[bucket] = bucket;
  }

  /** The unused buckets count as removed from the top down, so the next one is the latest. */
  grow(): void {
    if (this.bucketCount === this.capacity) throw new RangeError('the anchor is full');
    this.restore(this.bucketCount++);
  }
}
