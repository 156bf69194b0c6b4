import { HIGH, LEAST_NORMAL, powerOfTwo, TWO_54 } from './double-bits.ts';

/*
 * Natural logarithms, the same bits on every engine. After fdlibm 5.3, e_log.c and s_log1p.c:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved.
 */

/** ln 2 in two parts; the high one has 32 significant bits, so that k · LN2_HIGH is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/* Minimax coefficients of (ln(1 + s) − ln(1 − s) − 2s) / s on [0, 0.1716], in s²; error < 2^-58. */
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);

/** Natural logarithm; error < 1 ulp. log(0) = −∞, NaN below 0. */
export function log(x: number): number {
  if (x >= LEAST_NORMAL && x < Infinity) return logOfNormal(x, 0);
  if (x > 0) return x === Infinity ? Infinity : logOfNormal(x * TWO_54, 54);
  return x === 0 ? -Infinity : NaN;
}

/** ln(x · 2^-lifted) for a normal x > 0. */
function logOfNormal(x: number, lifted: number): number {
  // x = 2^exponent · (1 + f) with √2/2 < 1 + f < √2
  const step = nearestPowerOfTwo(x);
  const f = x * powerOfTwo(-step) - 1;
  const exponent = step - lifted;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const tail = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  const halfSquare = 0.5 * f * f;
  // no shortcut for exponent 0: it would be right, but its branch is mispredicted
  const low = s * (halfSquare + tail) + exponent * LN2_LOW;
  return exponent * LN2_HIGH - (halfSquare - low - f);
}

/** ln(1 + x), accurate near 0; error < 1 ulp. −∞ at −1, NaN below. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x > -3.725290298461914e-9 && x < 3.725290298461914e-9) {
    // |x| < 2^-28: the series' third term is below half an ulp
    return x - x * x * 0.5;
  }
  let exponent = 0;
  let f = x;
  let correction = 0;
  let isNearOne = false;
  // √2/2 − 1 < x < √2 − 1 needs no reduction, and then 1 + x is never formed
  if (x < 0.41421356237309503 && x > -0.2928932188134524) {
    isNearOne = true;
  } else {
    const sum = 1 + x;
    exponent = nearestPowerOfTwo(sum);
    // what rounding took from 1 + x, relative to it
    const lost = exponent > 0 ? 1 - (sum - x) : x - (sum - 1);
    correction = sum < 9_007_199_254_740_992 ? lost / sum : 0;
    f = sum * powerOfTwo(-exponent) - 1;
  }
  const s = f / (2 + f);
  const z = s * s;
  const tail = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
  const halfSquare = 0.5 * f * f;
  if (isNearOne) return f - (halfSquare - s * (halfSquare + tail));
  const low = s * (halfSquare + tail) + (exponent * LN2_LOW + correction);
  return exponent * LN2_HIGH - (halfSquare - low - f);
}

/** High-word offset that makes a carry into the exponent when the significand is at least √2. */
const SQRT2_CARRY = 0x9_5f64;

/** The k with √2/2 ≤ x · 2^-k < √2, for normal x > 0. */
function nearestPowerOfTwo(x: number): number {
  cell[0] = x;
  return ((words[HIGH]! + SQRT2_CARRY) >> 20) - 1023;
}
