import { highOfProduct } from '../numbers/word-product.ts';

/** The multiplier 2862933555777941757 of the 64-bit generator, as two words. */
const MULTIPLIER_HIGH = 0x27bb2ee6;
const MULTIPLIER_LOW = 0x87b0b0fd;

/**
 * Jump consistent hash (Lamping & Veach 2014) of a 64-bit key, given as two unsigned 32-bit words:
 * a bucket in [0, bucketCount). From n to n + 1 buckets, 1 key in n + 1 moves, to the new bucket;
 * only the last bucket can leave. About ln n steps; 64-bit arithmetic in words, for BigInt costs
 * several times as much.
 */
export function jumpHash(keyHigh: number, keyLow: number, bucketCount: number): number {
  let high = keyHigh;
  let low = keyLow;
  let bucket = -1;
  let next = 0;
  while (next < bucketCount) {
    bucket = next;
    // key = key · multiplier + 1 modulo 2⁶⁴.
    const crossed = Math.imul(high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH);
    high = (highOfProduct(low, MULTIPLIER_LOW) + crossed) | 0;
    low = Math.imul(low, MULTIPLIER_LOW) >>> 0;
    low = (low + 1) >>> 0;
    if (low === 0) high = (high + 1) | 0;
    // The key's upper 31 bits, as a number in [1, 2³¹].
    next = Math.floor((bucket + 1) * (2 ** 31 / ((high >>> 1) + 1)));
  }
  return bucket;
}
