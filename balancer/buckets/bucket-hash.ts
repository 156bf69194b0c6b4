/**
 * Consistent hashing to numbered buckets, any of which may leave. Buckets come back in the reverse
 * order of leaving, because what is remembered of a departure depends on those before it.
 */
export interface BucketHash {
  /** Buckets are 0 … bucketCount − 1, removed ones included. */
  readonly bucketCount: number;
  /** One of those not removed; at least one must be left. */
  bucketOf(keyHash: number): number;
  remove(bucket: number): void;
  /** Takes back the latest removal. */
  restore(bucket: number): void;
  /** One bucket more, with the next number; while nothing is removed. */
  grow(): void;
}

/** The hashes of a key that a bucket hash draws one after the other. */
export interface RehashKey {
  /** The first hash of the key, and another for each bucket that it was sent away from. */
  first(keyHash: number): number;
  /** From the hash before, for algorithms that chain, or from the key for those that do not. */
  next(hash: number, bucket: number): number;
}
