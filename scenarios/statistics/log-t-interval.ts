import type { Estimate } from '../../sim/index.ts';
import { CONFIDENCE, tInterval } from './t-interval.ts';

/**
 * Student interval on the logarithm, for quantiles and other values that live on a ratio scale. The
 * mean is the geometric one, which is what the interval is about. Falls back to the plain interval
 * where a value is not positive.
 */
export function logTInterval(values: readonly number[], confidence = CONFIDENCE): Estimate | null {
  if (values.some((value) => value <= 0)) return tInterval(values, confidence);
  const logs = tInterval(
    values.map((value) => Math.log(value)),
    confidence,
  );
  if (logs === null) return null;
  return {
    mean: Math.exp(logs.mean),
    low: logs.low === null ? null : Math.exp(logs.low),
    high: logs.high === null ? null : Math.exp(logs.high),
    replications: logs.replications,
  };
}
