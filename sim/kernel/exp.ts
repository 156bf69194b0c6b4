import { scaleByPowerOfTwo } from './double-bits.ts';

/*
 * Exponentials, the same bits on every engine. After fdlibm 5.3, e_exp.c and s_expm1.c:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = 1.4426950408889634;

/** Above this, e^x exceeds the greatest double; below the other, it rounds to 0. */
const OVERFLOW_ABOVE = 709.782712893384;
const UNDERFLOW_BELOW = -745.1332191019411;

/* Remez coefficients of x·(e^x + 1)/(e^x − 1) − 2 on [0, ln2/2], in x²; error < 2^-59. */
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

/** e^x; error < 1 ulp. */
export function exp(x: number): number {
  if (!(x <= OVERFLOW_ABOVE)) return x > OVERFLOW_ABOVE ? Infinity : NaN;
  if (x < UNDERFLOW_BELOW) return 0;
  let exponent = 0;
  let high = x;
  let low = 0;
  let reduced = x;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    // x = exponent · ln 2 + (high − low), |high − low| ≤ ln2/2
    exponent = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    high = x - exponent * LN2_HIGH;
    low = exponent * LN2_LOW;
    reduced = high - low;
  } else if (x > -3.725290298461914e-9 && x < 3.725290298461914e-9) {
    return 1 + x;
  }
  const t = reduced * reduced;
  const c = reduced - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  if (exponent === 0) return 1 - ((reduced * c) / (c - 2) - reduced);
  return scaleByPowerOfTwo(1 - (low - (reduced * c) / (2 - c) - high), exponent);
}

/* Coefficients of the rational approximation of e^x − 1 on [0, ln2/2], in (x/2)·x. */
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

/** e^x − 1, accurate near 0; error < 1 ulp. */
export function expm1(x: number): number {
  if (!(x <= OVERFLOW_ABOVE)) return x > OVERFLOW_ABOVE ? Infinity : NaN;
  // e^x < 2^-56: lost beside 1
  if (x < -38.816242110035695) return -1;
  if (x > -5.551115123125783e-17 && x < 5.551115123125783e-17) return x;
  let exponent = 0;
  let reduced = x;
  let correction = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    exponent = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    const high = x - exponent * LN2_HIGH;
    const low = exponent * LN2_LOW;
    reduced = high - low;
    correction = high - reduced - low;
  }
  const half = 0.5 * reduced;
  const halfSquare = reduced * half;
  const q = Q2 + halfSquare * (Q3 + halfSquare * (Q4 + halfSquare * Q5));
  const r = 1 + halfSquare * (Q1 + halfSquare * q);
  const t = 3 - r * half;
  let e = halfSquare * ((r - t) / (6 - reduced * t));
  if (exponent === 0) return reduced - (reduced * e - halfSquare);
  e = reduced * (e - correction) - correction - halfSquare;
  if (exponent === -1) return 0.5 * (reduced - e) - 0.5;
  if (exponent === 1) {
    return reduced < -0.25 ? -2 * (e - (reduced + 0.5)) : 1 + 2 * (reduced - e);
  }
  if (exponent <= -2 || exponent > 56) return scaleByPowerOfTwo(1 - (e - reduced), exponent) - 1;
  if (exponent < 20) {
    return scaleByPowerOfTwo(1 - scaleByPowerOfTwo(1, -exponent) - (e - reduced), exponent);
  }
  return scaleByPowerOfTwo(reduced - (e + scaleByPowerOfTwo(1, -exponent)) + 1, exponent);
}
