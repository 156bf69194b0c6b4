import { mean, sampleVariance } from 'simple-statistics';
import { toRelative, type PairedDifference, type Scale } from './paired-difference.ts';
import { tQuantile, tTwoSidedP } from './student-t.ts';
import { CONFIDENCE } from './t-interval.ts';

/**
 * Difference between two strategies whose replications share nothing: Welch's t with
 * Satterthwaite's degrees of freedom (Law & Kelton 10.2.2). `ratio` works on logarithms and needs
 * positive values. Null for no values, and for `ratio` with a value that is not positive.
 */
export function welchDifference(
  strategy: readonly number[],
  baseline: readonly number[],
  scale: Scale,
): PairedDifference | null {
  if (strategy.length === 0 || baseline.length === 0) return null;
  const isRatio = scale === 'ratio';
  if (isRatio && [...strategy, ...baseline].some((value) => value <= 0)) return null;
  const a = isRatio ? strategy.map((value) => Math.log(value)) : [...strategy];
  const b = isRatio ? baseline.map((value) => Math.log(value)) : [...baseline];
  const center = mean(a) - mean(b);
  const replications = Math.min(a.length, b.length);
  const { halfWidth, pValue } = spreadOf(a, b, center);
  const estimate = {
    mean: center,
    low: halfWidth === null ? null : center - halfWidth,
    high: halfWidth === null ? null : center + halfWidth,
    replications,
  };
  return {
    estimate: isRatio ? toRelative(estimate) : estimate,
    pValue,
    varianceReduction: null,
  };
}

/** One value has no spread: then there is neither interval nor p. */
function spreadOf(
  a: number[],
  b: number[],
  center: number,
): { readonly halfWidth: number | null; readonly pValue: number | null } {
  if (a.length < 2 || b.length < 2) return { halfWidth: null, pValue: null };
  const ofA = sampleVariance(a) / a.length;
  const ofB = sampleVariance(b) / b.length;
  const variance = ofA + ofB;
  if (variance === 0) return { halfWidth: 0, pValue: center === 0 ? 1 : 0 };
  const degreesOfFreedom = variance ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1));
  const standardError = Math.sqrt(variance);
  return {
    halfWidth: tQuantile(1 - (1 - CONFIDENCE) / 2, degreesOfFreedom) * standardError,
    pValue: tTwoSidedP(center / standardError, degreesOfFreedom),
  };
}
