import { mean, sampleVariance } from 'simple-statistics';
import type { Estimate } from '../../sim/index.ts';
import { bcaInterval, REPLICATIONS_FOR_BOOTSTRAP } from './bca-bootstrap.ts';
import { tCumulative, tTwoSidedP } from './student-t.ts';
import { CONFIDENCE, tInterval } from './t-interval.ts';

export type Scale = 'difference' | 'ratio';

export interface PairedDifference {
  /**
   * On `ratio` scale: strategy ÷ baseline − 1. The wider of Student's and the bootstrap
   * interval.
   */
  readonly estimate: Estimate;
  /** Two-sided p of "no difference", paired t; null below two pairs. */
  readonly pValue: number | null;
  /** (Var A + Var B) ÷ Var(A − B): what common random numbers saved. Null when undefined. */
  readonly varianceReduction: number | null;
}

/**
 * Difference between two strategies whose replications shared their random numbers, pair by pair
 * (Law & Kelton 10.2.1 with 11.2). `ratio` works on logarithms and needs positive values. Null for
 * no pairs, and for `ratio` with a value that is not positive.
 */
export function pairedDifference(
  strategy: readonly number[],
  baseline: readonly number[],
  scale: Scale,
  seed: string,
): PairedDifference | null {
  if (strategy.length !== baseline.length) throw new RangeError('pairs are incomplete');
  if (strategy.length === 0) return null;
  const isRatio = scale === 'ratio';
  if (isRatio && [...strategy, ...baseline].some((value) => value <= 0)) return null;
  const a = isRatio ? strategy.map((value) => Math.log(value)) : [...strategy];
  const b = isRatio ? baseline.map((value) => Math.log(value)) : [...baseline];
  const differences = a.map((value, index) => value - b[index]!);
  const student = tInterval(differences)!;
  const widest = widen(student, differences, seed);
  const estimate = isRatio ? toRelative(widest) : widest;
  return {
    estimate,
    pValue:
      differences.length < 2
        ? null
        : tTwoSidedP(tStatistic(differences, 0), differences.length - 1),
    varianceReduction: varianceReduction(a, b, differences),
  };
}

/**
 * One-sided p of "worse than the margin" against "no worse": the probability of seeing pairs this
 * good if the true mean difference were exactly `margin`. Small means no worse.
 */
export function pNoWorse(differences: readonly number[], margin: number): number | null {
  if (differences.length < 2) return null;
  return tCumulative(tStatistic(differences, margin), differences.length - 1);
}

function tStatistic(differences: readonly number[], hypothesis: number): number {
  const shift = mean(differences as number[]) - hypothesis;
  const standardError = Math.sqrt(sampleVariance(differences as number[]) / differences.length);
  if (standardError === 0) return shift === 0 ? 0 : Math.sign(shift) * Infinity;
  return shift / standardError;
}

function widen(student: Estimate, differences: readonly number[], seed: string): Estimate {
  if (
    differences.length < REPLICATIONS_FOR_BOOTSTRAP ||
    student.low === null ||
    student.high === null
  )
    return student;
  const bootstrap = bcaInterval(differences, seed, CONFIDENCE);
  const isWider = bootstrap.high - bootstrap.low > student.high - student.low;
  return isWider ? { ...student, low: bootstrap.low, high: bootstrap.high } : student;
}

/** Difference of logarithms → ratio − 1. */
export function toRelative(logarithmic: Estimate): Estimate {
  return {
    mean: Math.expm1(logarithmic.mean),
    low: logarithmic.low === null ? null : Math.expm1(logarithmic.low),
    high: logarithmic.high === null ? null : Math.expm1(logarithmic.high),
    replications: logarithmic.replications,
  };
}

function varianceReduction(a: number[], b: number[], differences: number[]): number | null {
  if (differences.length < 2) return null;
  const paired = sampleVariance(differences);
  return paired === 0 ? null : (sampleVariance(a) + sampleVariance(b)) / paired;
}
