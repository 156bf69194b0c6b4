import { tQuantile } from '../../../scenarios/statistics/index.ts';
import type { Measured } from './measure.ts';
import type { RunLength } from './run-length.ts';
import { REPLICATIONS } from './run-length.ts';

/** False alarms of the whole gate: one in a thousand runs with new seeds. */
const FAMILY_ALPHA = 1e-3;

/**
 * How many standard errors a mean may be off, so that all of `comparisons` together raise a false
 * alarm with probability α (Bonferroni): t₁₉ at 1 − α/2m.
 */
export function criticalT(comparisons: number): number {
  return tQuantile(1 - FAMILY_ALPHA / (2 * comparisons), REPLICATIONS - 1);
}

/** What is wrong with one number; null if nothing. */
export function objection(
  { quantity, mean, standardError }: Measured,
  critical: number,
): string | null {
  const { name, expected, relativeError } = quantity;
  const allowed = critical * standardError + relativeError * Math.abs(expected);
  const difference = Math.abs(mean - expected);
  if (difference <= allowed) return null;
  const relative = ((mean / expected - 1) * 100).toFixed(3);
  return `${name}: ${mean} instead of ${expected} (${relative} %), allowed ±${allowed}`;
}

/** What is wrong with the precision of the leading number; null if nothing. */
export function imprecision(leading: Measured, length: RunLength): string | null {
  const relative = leading.halfWidth / Math.abs(leading.quantity.expected);
  if (relative <= length.halfWidthMax) return null;
  const { name } = leading.quantity;
  return `${name}: half-width ${percent(relative)}, at most ${percent(length.halfWidthMax)}`;
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}
