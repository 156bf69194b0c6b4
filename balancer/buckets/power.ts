import { highOfProduct } from '../numbers/word-product.ts';

const MULTIPLIER_HIGH = 0x27bb2ee6;
const MULTIPLIER_LOW = 0x87b0b0fd;

/** Another hash of a hash and a number. */
export type Rehash = (hash: number, by: number) => number;

/**
 * PowerCH (Leu, arXiv 2307.12448): a bucket in [0, bucketCount). In a tree of a power of two it is
 * one step; beyond the last bucket, jump hash through the upper half decides whether the key
 * belongs there or to the lower half. Expected constant time; only the last bucket can leave.
 */
export function powerHash(keyHash: number, bucketCount: number, rehash: Rehash): number {
  if (bucketCount < 2) return 0;
  const whole = 0xffffffff >>> Math.clz32(bucketCount - 1);
  const half = whole >>> 1;
  const first = withinPower(keyHash, whole, rehash);
  if (first < bucketCount) return first;
  const jumped = jumpFrom(half, keyHash, bucketCount);
  return jumped > half ? jumped : withinPower(keyHash, half, rehash);
}

function withinPower(keyHash: number, mask: number, rehash: Rehash): number {
  const bits = (keyHash & mask) >>> 0;
  if (bits === 0) return 0;
  const base = 1 << (31 - Math.clz32(bits));
  return base + (rehash(keyHash, base) & (base - 1));
}

/** Jump hash that begins at `start`; `start` itself when it leaves the range at once. */
function jumpFrom(start: number, keyHash: number, bucketCount: number): number {
  let high = 0;
  let low = keyHash;
  let bucket = start;
  for (;;) {
    const crossed = Math.imul(high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH);
    high = (highOfProduct(low, MULTIPLIER_LOW) + crossed) | 0;
    low = (Math.imul(low, MULTIPLIER_LOW) + 1) >>> 0;
    if (low === 0) high = (high + 1) | 0;
    const next = Math.floor((bucket + 1) / (((high >>> 1) + 1) / 2 ** 31));
    if (next >= bucketCount) return bucket;
    bucket = next;
  }
}
