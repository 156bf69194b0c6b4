import {
  HIGH,
  highPart,
  LEAST_NORMAL,
  powerOfTwo,
  scaleByPowerOfTwo,
  TWO_54,
} from './double-bits.ts';

/*
 * x^y, the same bits on every engine (`Math.pow` is not: V8 changed 9 % of its results between
 * Node 22 and 24). After fdlibm 5.3, e_pow.c: log2(x) to 68 bits or so, times y, then exp2.
 * Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 * modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

/** x^y; error < 0.70 ulp. Special cases as `Math.pow`: x^0 = 1, and NaN
 * for a negative base with a fractional exponent and for 1^±∞. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (x > 0 && x < Infinity && y > -Infinity && y < Infinity) return positivePow(x, y);
  if (x !== x || y !== y) return NaN;
  const size = x < 0 ? -x : x;
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const isOdd = y % 2 === 1 || y % 2 === -1;
  const isNegative = x < 0 || Object.is(x, -0);
  if (size === 0 || size === Infinity) {
    const magnitude = (size === 0) === y < 0 ? Infinity : 0;
    return isNegative && isOdd ? -magnitude : magnitude;
  }
  if (y !== Math.floor(y)) return NaN;
  const magnitude = positivePow(size, y);
  return isOdd ? -magnitude : magnitude;
}

/* log2(1.5) in two parts: significands above √1.5 are expanded around 1.5, the others around 1. */
const LOG2_OF_1_5_HIGH = 0.5849624872207642;
const LOG2_OF_1_5_LOW = 1.350039202129749e-8;
/* (3/2)·(log(x) − 2s − 2/3·s³), in s². */
const L1 = 0.5999999999999946;
const L2 = 0.4285714285785502;
const L3 = 0.33333332981837743;
const L4 = 0.272728123808534;
const L5 = 0.23066074577556175;
const L6 = 0.20697501780033842;
/* 2/(3·ln 2) in two parts. */
const CP = 0.9617966939259756;
const CP_HIGH = 0.9617967009544373;
const CP_LOW = -7.028461650952758e-9;
/* ln 2 in two parts, the high one of 24 bits. */
const LN2 = 0.6931471805599453;
const LN2_HIGH = 0.6931471824645996;
const LN2_LOW = -1.904654299957768e-9;
/* As in exp.ts. */
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

/** High-word offset that makes a carry into the exponent when the significand is at least √3. */
const SQRT3_CARRY = 0x10_0000 - 0xb_b67a;
const SQRT_OF_1_5 = 1.224744871391589;

const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);

/** Second result of `log2InTwoParts`: what the first one leaves out. */
let log2Low = 0;

function positivePow(x: number, y: number): number {
  if (x === 1) return 1;
  // beyond 2^65, y decides alone: |log2(x)| > 2^-53
  if (y > 3.7e19 || y < -3.7e19) return x > 1 === y > 0 ? Infinity : 0;
  const log2High = log2InTwoParts(x);
  // y·log2(x) in two parts: split y so that the product of high parts is exact
  const yHigh = highPart(y);
  const low = (y - yHigh) * log2High + y * log2Low;
  const high = yHigh * log2High;
  const exponent = high + low;
  if (exponent >= 1024) return Infinity;
  if (exponent < -1080) return 0;
  return exp2OfTwoParts(high, low);
}

/** log2(x) for 0 < x < ∞; the high part has 21 bits, the low part goes to `log2Low`. */
function log2InTwoParts(x: number): number {
  let lifted = 0;
  if (x < LEAST_NORMAL) {
    x *= TWO_54;
    lifted = 54;
  }
  cell[0] = x;
  // √3/2 ≤ x · 2^-step < √3
  const step = ((words[HIGH]! + SQRT3_CARRY) >> 20) - 1023;
  const ax = x * powerOfTwo(-step);
  const exponent = step - lifted;
  const isAroundOneAndAHalf = ax > SQRT_OF_1_5;
  const base = isAroundOneAndAHalf ? 1.5 : 1;
  // s = (ax − base)/(ax + base) in two parts
  const u = ax - base;
  const v = 1 / (ax + base);
  const s = u * v;
  const sHigh = highPart(s);
  const tHigh = highPart(ax + base);
  const tLow = ax - (tHigh - base);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  // log(ax/base)
  const s2 = s * s;
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
  r += sLow * (sHigh + s);
  const sHigh2 = sHigh * sHigh;
  const qHigh = highPart(3 + sHigh2 + r);
  const qLow = r - (qHigh - 3 - sHigh2);
  const productHigh = sHigh * qHigh;
  const productLow = sLow * qHigh + qLow * s;
  const pHigh = highPart(productHigh + productLow);
  const pLow = productLow - (pHigh - productHigh);
  const zHigh = CP_HIGH * pHigh;
  const zLow = CP_LOW * pHigh + pLow * CP + (isAroundOneAndAHalf ? LOG2_OF_1_5_LOW : 0);
  const log2Base = isAroundOneAndAHalf ? LOG2_OF_1_5_HIGH : 0;
  const log2High = highPart(zHigh + zLow + log2Base + exponent);
  log2Low = zLow - (log2High - exponent - log2Base - zHigh);
  return log2High;
}

/** 2^(high + low), −1080 ≤ high + low < 1024. */
function exp2OfTwoParts(high: number, low: number): number {
  const exponent = Math.floor(high + low + 0.5);
  const fraction = high - exponent;
  const t = highPart(low + fraction);
  const u = t * LN2_HIGH;
  const v = (low - (t - fraction)) * LN2 + t * LN2_LOW;
  const z = u + v;
  const w = v - (z - u);
  const z2 = z * z;
  const c = z - z2 * (P1 + z2 * (P2 + z2 * (P3 + z2 * (P4 + z2 * P5))));
  const r = (z * c) / (c - 2) - (w + z * w);
  return scaleByPowerOfTwo(1 - (r - z), exponent);
}
