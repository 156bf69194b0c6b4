import type { Estimate } from '../../../sim/report.ts';
import { formatMetric, NO_DATA } from '../../formats.ts';

/** A mean with its interval, unit once: `917 ms (889 … 946)`. */
export function estimateText(key: string, estimate: Estimate | null | undefined): string {
  return intervalText(estimate, (value) => formatMetric(key, value));
}

export function intervalText(
  estimate: Estimate | null | undefined,
  format: (value: number) => string,
): string {
  if (!estimate) return NO_DATA;
  const mean = format(estimate.mean);
  const { low, high } = estimate;
  if (low === null || high === null) return mean;
  const [from, to] = [format(low), format(high)];
  if (from === mean && to === mean) return mean;
  const unit = unitOf(mean);
  const isOneUnit = unitOf(from) === unit && unitOf(to) === unit;
  const short = (text: string): string =>
    isOneUnit && unit !== '' ? text.slice(0, -unit.length) : text;
  return `${mean} (${short(from)} … ${short(to)})`;
}

/** What stands after the digits, with the space before it. */
const unitOf = (text: string): string => /[^\d.]*$/.exec(text)?.[0] ?? '';
