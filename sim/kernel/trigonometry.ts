/*
 * Sine and cosine, the same bits on every engine. After fdlibm 5.3, k_sin.c, k_cos.c, e_rem_pio2.c:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved.
 */

/** 2^19·π: above it three-part reduction loses bits, and no angle of ours comes near. */
const ANGLE_MAX = 1_647_099;

/** Sine of radians; error < 1 ulp. NaN for NaN and infinities; refuses |x| > 2^19·π. */
export function sin(x: number): number {
  if (x > -0.7853981633974483 && x < 0.7853981633974483) return sineKernel(x, 0);
  const quadrant = reduce(x) & 3;
  if (quadrant === 0) return sineKernel(remainder, remainderLow);
  if (quadrant === 1) return cosineKernel(remainder, remainderLow);
  if (quadrant === 2) return -sineKernel(remainder, remainderLow);
  return -cosineKernel(remainder, remainderLow);
}

/** Cosine of radians; error < 1 ulp. NaN for NaN and infinities; refuses |x| > 2^19·π. */
export function cos(x: number): number {
  if (x > -0.7853981633974483 && x < 0.7853981633974483) return cosineKernel(x, 0);
  const quadrant = reduce(x) & 3;
  if (quadrant === 0) return cosineKernel(remainder, remainderLow);
  if (quadrant === 1) return -sineKernel(remainder, remainderLow);
  if (quadrant === 2) return -cosineKernel(remainder, remainderLow);
  return sineKernel(remainder, remainderLow);
}

const INVERSE_HALF_PI = 0.6366197723675814;
/* π/2 in three parts of 33 bits, so that a 20-bit multiple of each is exact, and the rest. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487111665e-21;
const HALF_PI_REST = 8.4784276603689e-32;

/** Results of `reduce`: x = multiple · π/2 + remainder + remainderLow, |remainder| ≤ π/4. */
let remainder = 0;
let remainderLow = 0;

/** Takes the nearest multiple of π/2 from `x` and returns which one it was. */
function reduce(x: number): number {
  if (!(x >= -ANGLE_MAX && x <= ANGLE_MAX)) {
    if (x !== x || x === Infinity || x === -Infinity) {
      remainder = NaN;
      return 0;
    }
    throw new RangeError(`angle ${x} rad is beyond ±${ANGLE_MAX}: reduce it first`);
  }
  const multiple = Math.floor(x * INVERSE_HALF_PI + 0.5);
  // two exact subtractions, then a third part, each with what rounding took
  const first = x - multiple * HALF_PI_1;
  const w1 = multiple * HALF_PI_2;
  const second = first - w1;
  const lost1 = first - second - w1;
  const w2 = multiple * HALF_PI_3 - lost1;
  const third = second - w2;
  const lost2 = second - third - w2;
  const rest = multiple * HALF_PI_REST - lost2;
  remainder = third - rest;
  remainderLow = third - remainder - rest;
  return multiple;
}

/* Minimax coefficients of sin(x)/x on [0, π/4], in x²; error < 2^-58. */
const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 2.7557313707070068e-6;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

function sineKernel(x: number, low: number): number {
  if (x > -7.450580596923828e-9 && x < 7.450580596923828e-9) return x;
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  if (low === 0) return x + v * (S1 + z * r);
  return x - (z * (0.5 * low - v * r) - low - v * S1);
}

/* Minimax coefficients of cos(x) on [0, π/4], in x²; error < 2^-58. */
const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 2.480158728947673e-5;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;

function cosineKernel(x: number, low: number): number {
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  const half = 0.5 * z;
  const w = 1 - half;
  // 1 − z/2 rounded, plus what the rounding took, plus the rest of the series
  return w + (1 - w - half + (z * r - x * low));
}
