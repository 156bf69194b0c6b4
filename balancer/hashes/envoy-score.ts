import { highOfProduct } from '../numbers/word-product.ts';

/** 2685821657736338717, the multiplier of xorshift*, as two words. */
const MULTIPLIER_HIGH = 0x2545f491;
const MULTIPLIER_LOW = 0x4f6cdd1d;

const LN_2 = 0.6931471805599453;

const float = new Float64Array(1);
/** The words of `float`; the upper one is the second wherever Node or a browser runs. */
const words = new Uint32Array(float.buffer);

/**
 * Envoy's fast log₂ of a positive number: exponent, and a rational function of the mantissa in
 * [0.75, 1.5); relative error below `FAST_LOG_ERROR`.
 */
export function fastLog2(x: number): number {
  float[0] = x;
  const high = words[1]!;
  const exponent = (high >>> 20) & 0x7ff;
  // From 1.5 on the mantissa is halved.
  const newExponent = 1023 ^ ((high >>> 19) & 1);
  words[1] = (newExponent << 20) | (high & 0xfffff);
  const t = float[0] - 1;
  return exponent - newExponent + (t * (0.338953 * t + 2.198599)) / (t + 1.523692);
}

/** Greatest relative error of `fastLog2` in (0, 1), as its source says. */
export const FAST_LOG_ERROR = 0.01;

/**
 * Envoy's rendezvous score −w ÷ ln u of a 64-bit key and the hash of a host, both as words: u is
 * xorshift* of the two, its lower 53 bits.
 */
export function envoyScore(
  keyHigh: number,
  keyLow: number,
  hostHigh: number,
  hostLow: number,
  weight: number,
): number {
  const mixed = xorshiftStar(keyHigh ^ hostHigh, keyLow ^ hostLow);
  return -weight / (fastLog2(mixed) * LN_2);
}

/** xorshift* of a 64-bit number: its lower 53 bits as a number in [0, 1). */
export function xorshiftStar(highBefore: number, lowBefore: number): number {
  let high = highBefore;
  let low = lowBefore;
  // x ^= x >> 12; x ^= x << 25; x ^= x >> 27
  low ^= (low >>> 12) | (high << 20);
  high ^= high >>> 12;
  high ^= (high << 25) | (low >>> 7);
  low ^= low << 25;
  low ^= (low >>> 27) | (high << 5);
  high ^= high >>> 27;
  const crossed = Math.imul(high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH);
  const productHigh = highOfProduct(low >>> 0, MULTIPLIER_LOW) + crossed;
  const productLow = Math.imul(low, MULTIPLIER_LOW) >>> 0;
  return ((productHigh & 0x1fffff) * 2 ** 32 + productLow) / 2 ** 53;
}

/** The upper 21 of those 53 bits, in half the time: for loops over all hosts of a pool. */
export function xorshiftStarTop(highBefore: number, lowBefore: number): number {
  let high = highBefore;
  let low = lowBefore;
  low ^= (low >>> 12) | (high << 20);
  high ^= high >>> 12;
  high ^= (high << 25) | (low >>> 7);
  low ^= low << 25;
  low ^= (low >>> 27) | (high << 5);
  high ^= high >>> 27;
  const crossed = Math.imul(high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH);
  return (highOfProduct(low, MULTIPLIER_LOW) + crossed) & (TOP_RANGE - 1);
}

/** Values that `xorshiftStarTop` has. */
export const TOP_RANGE = 2 ** 21;
