import type { Estimate, MetricEstimates, MetricValues } from '../../sim/index.ts';
import {
  logitTInterval,
  logTInterval,
  proportionInterval,
  tInterval,
} from '../statistics/index.ts';
import { quantileOf, scaleOf, shareOf } from './metric-scale.ts';

/**
 * Samples of one replication below which a quantile is `n/a`: ten beyond it, so 1,000 for p99. With
 * fewer, the quantile is about the maximum of a handful.
 */
export function samplesFor(quantile: number): number {
  return Math.ceil(10 / (1 - quantile) - 1e-9);
}

/** One metric over replications with the interval that fits it; null where there is no data. */
export function estimate(metric: string, replications: readonly MetricValues[]): Estimate | null {
  if (scaleOf(metric) === 'proportion') {
    const shares = replications.map((values) => shareOf(metric, values));
    const counted = shares.filter((share) => share !== null);
    if (counted.length > 0) return rounded(proportionInterval(counted));
  }
  return intervalOf(metric, valuesOf(metric, replications));
}

/** Values of one metric over replications, with the interval of its scale. */
export function intervalOf(metric: string, values: readonly number[]): Estimate | null {
  switch (scaleOf(metric)) {
    case 'quantile':
      return rounded(logTInterval(values));
    case 'plain':
      return rounded(tInterval(values));
    case 'proportion':
    case 'share of time':
      return rounded(logitTInterval(values));
  }
}

/** The metric's values, without replications that have none or too few samples for a quantile. */
export function valuesOf(metric: string, replications: readonly MetricValues[]): number[] {
  return replications.flatMap((values) => {
    const value = valueOf(metric, values);
    return value === null ? [] : [value];
  });
}

export function valueOf(metric: string, values: MetricValues): number | null {
  const value = values[metric];
  if (typeof value !== 'number') return null;
  return hasTooFewSamples(metric, values) ? null : value;
}

export function hasTooFewSamples(metric: string, values: MetricValues): boolean {
  const quantile = quantileOf(metric);
  const samples = values['completed'];
  return quantile !== null && typeof samples === 'number' && samples < samplesFor(quantile);
}

/** Every metric that any replication knows, by name. */
export function estimates(replications: readonly MetricValues[]): MetricEstimates {
  const names = new Set(replications.flatMap((values) => Object.keys(values)));
  // `fromEntries` defines properties, so a metric or entity called `__proto__` stays data.
  return Object.fromEntries([...names].map((name) => [name, estimate(name, replications)]));
}

/**
 * Twelve digits: beyond what any interval resolves, and short of the last bits in which the
 * logarithms and powers of different engines may differ.
 */
export function rounded(value: Estimate | null): Estimate | null {
  if (value === null) return null;
  const { mean, low, high, replications } = value;
  return {
    mean: digits(mean),
    low: low === null ? null : digits(low),
    high: high === null ? null : digits(high),
    replications,
  };
}

export function digits(value: number): number {
  return Number(value.toPrecision(12));
}
