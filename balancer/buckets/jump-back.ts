import { highOfProduct } from '../numbers/word-product.ts';

/** A generator of 64-bit numbers from a 64-bit hash, in words; rewritten by each `begin`. */
export interface WordGenerator {
  high: number;
  low: number;
  /** The first number. */
  begin(high: number, low: number): void;
  next(): void;
}

/** The hash itself, then Marsaglia's xorshift with shifts 7 and 9: 32-bit operations only. */
export class XorshiftL7R9 implements WordGenerator {
  high = 0;
  low = 0;

  begin(high: number, low: number): void {
    this.high = high;
    this.low = low;
  }

  next(): void {
    const high = this.high ^ ((this.high << 7) | (this.low >>> 25));
    const low = this.low ^ (this.low << 7);
    this.low = low ^ ((low >>> 9) | (high << 23));
    this.high = high ^ (high >>> 9);
  }
}

/** SplitMix64 (Steele, Lea & Flood 2014), seeded by the hash. */
export class SplitMix64 implements WordGenerator {
  high = 0;
  low = 0;
  #stateHigh = 0;
  #stateLow = 0;

  begin(high: number, low: number): void {
    this.#stateHigh = high;
    this.#stateLow = low;
    this.next();
  }

  next(): void {
    // state += 9e3779b97f4a7c15
    const sum = (this.#stateLow >>> 0) + 0x7f4a7c15;
    this.#stateLow = sum | 0;
    this.#stateHigh = (this.#stateHigh + 0x9e3779b9 + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.high = this.#stateHigh;
    this.low = this.#stateLow;
    this.#shiftMultiply(30, 0xbf58476d, 0x1ce4e5b9);
    this.#shiftMultiply(27, 0x94d049bb, 0x133111eb);
    const high = this.high;
    this.low ^= (this.low >>> 31) | (high << 1);
    this.high = high ^ (high >>> 31);
  }

  /** z = (z ^ (z >>> bits)) · multiplier */
  #shiftMultiply(bits: number, multiplierHigh: number, multiplierLow: number): void {
    const low = this.low ^ ((this.low >>> bits) | (this.high << (32 - bits)));
    const high = this.high ^ (this.high >>> bits);
    const crossed = Math.imul(high, multiplierLow) + Math.imul(low, multiplierHigh);
    this.high = (highOfProduct(low, multiplierLow) + crossed) | 0;
    this.low = Math.imul(low, multiplierLow);
  }
}

/**
 * JumpBackHash (Ertl, arXiv 2403.18682) of the 64-bit hash that the generator is begun with: a
 * bucket in [0, bucketCount), bucketCount below 2³¹. Its bits tell in which ranges [2ᵏ, 2ᵏ⁺¹) the
 * jump hash of the key would have stopped; from the highest down, the first place below
 * `bucketCount` is the answer. Expected constant time without division; only the last bucket can
 * leave.
 */
export function jumpBackHash(
  high: number,
  low: number,
  bucketCount: number,
  generator: WordGenerator,
): number {
  if (bucketCount <= 1) return 0;
  generator.begin(high, low);
  const firstHigh = generator.high;
  const firstLow = generator.low;
  let stops = (firstHigh ^ firstLow) & (0xffffffff >>> Math.clz32(bucketCount - 1));
  while (stops !== 0) {
    const range = 1 << (31 - Math.clz32(stops));
    const word = hasOddBits(stops) ? firstHigh : firstLow;
    const place = range + (word & (range - 1));
    if (place < bucketCount) return place;
    const drawn = drawInRange(range, bucketCount, generator);
    if (drawn >= 0) return drawn;
    stops ^= range;
  }
  return 0;
}

/** Draws in [0, 2 · range) until one is a bucket of the upper half, or below it: then −1. */
function drawInRange(range: number, bucketCount: number, generator: WordGenerator): number {
  const mask = (range - 1) | range;
  for (;;) {
    generator.next();
    const first = generator.low & mask;
    if (first < range) return -1;
    if (first < bucketCount) return first;
    const second = generator.high & mask;
    if (second < range) return -1;
    if (second < bucketCount) return second;
  }
}

function hasOddBits(word: number): boolean {
  let folded = word ^ (word >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return ((0x6996 >>> (folded & 15)) & 1) === 1;
}
