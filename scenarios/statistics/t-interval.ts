import { mean, sampleVariance } from 'simple-statistics';
import type { Estimate } from '../../sim/index.ts';
import { tQuantile } from './student-t.ts';

/** The confidence of every interval that is printed. */
export const CONFIDENCE = 0.95;

/**
 * Mean of independent replications with its Student interval, X̄ ± t·s/√R (Law & Kelton, Simulation
 * Modeling and Analysis, 4.5). Null for no values; no interval for one.
 */
export function tInterval(values: readonly number[], confidence = CONFIDENCE): Estimate | null {
  const count = values.length;
  if (count === 0) return null;
  const center = mean(values as number[]);
  if (count === 1) return { mean: center, low: null, high: null, replications: 1 };
  const half = tHalfWidth(values, confidence);
  return { mean: center, low: center - half, high: center + half, replications: count };
}

/** Half the width of the Student interval; needs at least two values. */
export function tHalfWidth(values: readonly number[], confidence = CONFIDENCE): number {
  const count = values.length;
  const standardError = Math.sqrt(sampleVariance(values as number[]) / count);
  if (standardError === 0) return 0;
  return tQuantile(1 - (1 - confidence) / 2, count - 1) * standardError;
}
