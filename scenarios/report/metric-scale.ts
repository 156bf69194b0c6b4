import type { MetricValues } from '../../sim/index.ts';
import type { Share } from '../statistics/index.ts';

/** How a metric varies between replications, and so which interval fits it. */
export type MetricScale = 'quantile' | 'proportion' | 'share of time' | 'plain';

const QUANTILE_KEY = /_p(\d{2,})_s$/;
const SHARE_OF_TIME = new Set(['utilisation', 'false_down_time_ratio']);
const MORE_IS_BETTER = new Set([
  'availability',
  'hit_ratio',
  'shield_hit_ratio',
  'origin_offload',
  'share_nearest_pop',
  'completed',
  'requests',
  'requests_per_s',
]);

export function scaleOf(metric: string): MetricScale {
  if (QUANTILE_KEY.test(metric)) return 'quantile';
  if (trialsOf(metric, {}) !== undefined) return 'proportion';
  return SHARE_OF_TIME.has(metric) ? 'share of time' : 'plain';
}

export function betterIs(metric: string): 'lower' | 'higher' {
  return MORE_IS_BETTER.has(metric) ? 'higher' : 'lower';
}

/** 0.95 of `latency_p95_s`; null for a metric that is no quantile. */
export function quantileOf(metric: string): number | null {
  const digits = QUANTILE_KEY.exec(metric)?.[1];
  return digits === undefined ? null : Number(`0.${digits}`);
}

/** One replication's share with its number of trials; null without data. */
export function shareOf(metric: string, values: MetricValues): Share | null {
  const share = values[metric];
  const trials = trialsOf(metric, values);
  if (typeof share !== 'number' || trials === undefined || trials === null) return null;
  return { events: share * trials, trials };
}

/** Of how many the metric is a share: undefined when it is no proportion, null when unknown. */
function trialsOf(metric: string, values: MetricValues): number | null | undefined {
  switch (metric) {
    case 'availability':
    case 'error_ratio':
    case 'failed_requests_ratio':
    case 'share_nearest_pop':
    case 'share_25ms_worse':
    case 'share_100ms_worse':
      return values['requests'] ?? null;
    case 'hit_ratio':
      return sumOf(values['hits'], values['miss']);
    case 'shield_hit_ratio':
      return sumOf(values['shield_hits'], values['shield_miss']);
    default:
      return metric.startsWith('latency_over_') ? (values['completed'] ?? null) : undefined;
  }
}

function sumOf(a: number | null | undefined, b: number | null | undefined): number | null {
  return typeof a === 'number' && typeof b === 'number' ? a + b : null;
}
