import { mean } from 'simple-statistics';
import type { ThresholdResult } from '../../sim/index.ts';
import { CONFIDENCE, pairedDifference, pNoWorse } from '../statistics/index.ts';
import { rounded } from './estimate.ts';

export interface NoWorseInput {
  /** Values by replication. */
  readonly strategy: ReadonlyMap<number, number>;
  readonly reference: ReadonlyMap<number, number>;
  /** 0.03 = up to 3 % worse is still no worse. */
  readonly marginRatio: number;
  readonly isHigherBetter: boolean;
  readonly isReference: boolean;
}

/**
 * "No worse than +3 % against …": one-sided paired t against the margin. On logarithms where all
 * values are positive, else on differences relative to the reference's mean. Pass when the data
 * rule out (95 %) being worse than the margin, fail when they rule out being within it.
 */
export function judgeNoWorse(input: NoWorseInput): Omit<ThresholdResult, 'text' | 'strategy'> {
  const pairs = [...input.strategy].filter(([replication]) => input.reference.has(replication));
  const ours = pairs.map(([, value]) => value);
  const theirs = pairs.map(([replication]) => input.reference.get(replication)!);
  if (pairs.length === 0)
    return {
      value: null,
      result: 'no data',
      reason: 'no replication has the metric in both strategies',
    };
  if (input.isReference) {
    const value = { mean: 0, low: 0, high: 0, replications: pairs.length };
    return { value, result: 'pass', reason: 'is the reference itself' };
  }
  const isRatio = [...ours, ...theirs].every((value) => value > 0);
  const center = Math.abs(mean(theirs));
  if (!isRatio && center === 0)
    return { value: null, result: 'no data', reason: 'the reference is 0' };
  const paired = isRatio
    ? pairedDifference(ours, theirs, 'ratio', 'no-worse')!
    : pairedDifference(
        ours.map((x) => x / center),
        theirs.map((x) => x / center),
        'difference',
        'no-worse',
      )!;
  // As "how much worse": positive is bad.
  const sign = input.isHigherBetter ? -1 : 1;
  const worse = ours.map(
    (x, i) => sign * (isRatio ? Math.log(x / theirs[i]!) : (x - theirs[i]!) / center),
  );
  const margin = isRatio ? sign * Math.log(1 + sign * input.marginRatio) : input.marginRatio;
  const pWorse = pNoWorse(worse, margin);
  const value = rounded(paired.estimate);
  if (pWorse === null) return { value, result: 'inconclusive' };
  if (pWorse < 1 - CONFIDENCE) return { value, result: 'pass' };
  return { value, result: pWorse > CONFIDENCE ? 'fail' : 'inconclusive' };
}
