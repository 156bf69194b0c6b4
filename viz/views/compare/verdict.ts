import type { Comparison, Verdict } from '../../../sim/report.ts';
import { formatChange, formatMetric, isRatioMetric } from '../../formats.ts';
import { metricWords } from '../../metric-words.ts';

/** The sign stands beside the word: colour is never alone. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  better: '✓',
  worse: '✗',
  'no worse': '≈',
  'no difference shown': '≈',
  inconclusive: '?',
};

export const isShown = ({ verdict }: Comparison): boolean =>
  verdict === 'better' || verdict === 'worse';

/** `during fra-down`; empty for the whole run. */
export const duringWords = ({ during }: Comparison): string =>
  during === undefined ? '' : `during ${during.slice(0, 40)}`;

export interface DifferenceWords {
  /** `6.2 points`, `11 %`, `74 s`: without its sign. */
  readonly amount: string;
  /** Half of the interval; empty without one. */
  readonly spread: string;
  /** `higher availability`. */
  readonly what: string;
}

/** A difference in words: points of a percentage for ratios, else relative, else in its unit. */
export function differenceWords(comparison: Comparison): DifferenceWords | null {
  const { metric, difference, relative_difference: relative } = comparison;
  const isPoints = isRatioMetric(metric);
  const estimate = isPoints ? difference : (relative ?? difference);
  if (estimate === null) return null;
  const format = (value: number): string => {
    if (isPoints) return `${significant(value * 100)} points`;
    return relative === null ? formatMetric(metric, value) : formatChange(value).replace('+', '');
  };
  const { mean, low, high } = estimate;
  const direction = mean > 0 ? 'higher' : 'lower';
  return {
    amount: format(Math.abs(mean)),
    spread: low === null || high === null ? '' : `± ${format((high - low) / 2)}`,
    what: `${direction} ${metricWords(metric)}`,
  };
}

/** Relative difference with its interval: `−11.4 % (−14.2 … −8.4)`. */
export function relativeText({ relative_difference: relative }: Comparison): string {
  if (relative === null) return '–';
  const { mean, low, high } = relative;
  const interval = low === null || high === null ? '' : ` (${percents(low)} … ${percents(high)})`;
  return `${percents(mean)} %${interval}`;
}

/** With its sign; two decimals at most: less is noise. */
function percents(ratio: number): string {
  const value = Number((ratio * 100).toFixed(Math.abs(ratio) < 0.1 ? 2 : 1));
  const size = significant(Math.abs(value));
  return value === 0 ? '0' : `${value > 0 ? '+' : '−'}${size}`;
}

function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return String(size >= 10 ? Number(value.toFixed(1)) : Number(value.toPrecision(2)));
}
