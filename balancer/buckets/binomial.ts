import { highOfProduct } from '../numbers/word-product.ts';

/** 2862933555777941757, as two words. */
const MULTIPLIER_HIGH = 0x27bb2ee6;
const MULTIPLIER_LOW = 0x87b0b0fd;

/** Draws before a key is sent to the lower half of the tree; each halves what is left uneven. */
const DRAWS = 4;

/**
 * Upper word of h² · factor modulo 2⁶⁴, where h = word · 2862933555777941757 + 1: how
 * BinomialHash (in its authors' Java) makes a new hash of one.
 */
export function rehashSquare(word: number, factor: number): number {
  let high = highOfProduct(word, MULTIPLIER_LOW) + Math.imul(word, MULTIPLIER_HIGH);
  const low = (Math.imul(word, MULTIPLIER_LOW) + 1) >>> 0;
  if (low === 0) high++;
  const squareHigh = (highOfProduct(low, low) + 2 * Math.imul(high, low)) | 0;
  const squareLow = Math.imul(low, low) >>> 0;
  return (highOfProduct(squareLow, factor) + Math.imul(squareHigh, factor)) >>> 0;
}

/**
 * BinomialHash (Coluzzi et al., arXiv 2406.19836): a bucket in [0, bucketCount). The hash falls
 * into the smallest binary tree that holds all buckets; what falls beyond the last is drawn again a
 * few times, and then sent to the lower half. Constant time; only the last bucket can leave.
 */
export function binomialHash(keyHash: number, bucketCount: number): number {
  if (bucketCount < 2) return 0;
  const enclosing = 0xffffffff >>> Math.clz32(bucketCount - 1);
  const minor = enclosing >>> 1;
  const first = withinLevel((keyHash & enclosing) >>> 0, keyHash);
  if (first < bucketCount) return first;
  let hash = keyHash;
  for (let draw = 0; draw < DRAWS; draw++) {
    hash = rehashSquare(hash, enclosing);
    const bucket = withinLevel((hash & enclosing) >>> 0, hash);
    if (bucket <= minor) break;
    if (bucket < bucketCount) return bucket;
  }
  return withinLevel((keyHash & minor) >>> 0, keyHash);
}

/** A random place in the same level of the tree: of the buckets with the same highest bit. */
function withinLevel(bucket: number, keyHash: number): number {
  if (bucket < 2) return bucket;
  const base = 1 << (31 - Math.clz32(bucket));
  return base + (rehashSquare(keyHash, base - 1) & (base - 1));
}
