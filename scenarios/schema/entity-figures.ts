import type { Aggregate, EntityKind, MetricName } from './threshold.ts';

/** What a run tells of requests, wherever it groups them. */
const OF_REQUESTS: readonly MetricName[] = [
  'latency',
  'ttfb',
  'rtt',
  'inflation',
  'availability',
  'error_rate',
  'failed_requests',
  'goodput',
  'hit_ratio',
  'queue_wait',
  'requests',
  'requests_per_s',
  'errors',
  'rejected',
  'timeouts',
  'retries',
  'share_25ms_worse',
  'share_100ms_worse',
  'share_nearest_pop',
];

/** Metrics that entities of a kind have, over the whole run and around events alike. */
const FIGURES_OF: Readonly<Record<EntityKind, readonly MetricName[]>> = {
  pop: [
    ...OF_REQUESTS,
    'origin_offload',
    'origin_rate',
    'utilisation',
    'in_system',
    'imbalance',
    'probes',
    'servers_mean',
    'scale_ups',
    'scale_downs',
    'scale_reversals',
  ],
  class: OF_REQUESTS,
  region: [...OF_REQUESTS, 'broken_connections', 'route_changes'],
  server: [
    'latency',
    'hit_ratio',
    'utilisation',
    'queue_wait',
    'in_system',
    'requests',
    'requests_per_s',
    'probes',
    'flaps',
    'false_down_time',
  ],
  link: ['utilisation', 'peak_utilisation'],
  origin: [
    'latency',
    'error_rate',
    'origin_rate',
    'utilisation',
    'queue_wait',
    'in_system',
    'requests',
    'requests_per_s',
    'errors',
    'probes',
  ],
  prefix: ['route_changes'],
};

export function figuresOf(kind: EntityKind): readonly MetricName[] {
  return FIGURES_OF[kind];
}

/** Parts of a distribution, as they are written. */
type Part = 'mean' | 'min' | 'max' | 'quantile' | 'share';

/**
 * Which parts of a distribution are kept: all of the latency of requests, means only where there
 * may be very many entities.
 */
export function partsOf(metric: MetricName, kind: EntityKind | 'world'): readonly Part[] {
  if (metric === 'queue_wait') return ['mean'];
  if (kind === 'server') return ['mean', 'max'];
  if (kind === 'origin') return ['mean', 'quantile'];
  if (metric === 'latency') return ['mean', 'min', 'max', 'quantile', 'share'];
  return kind === 'region' ? ['mean'] : ['mean', 'quantile'];
}

/** `max(latency)`: how a sentence writes a part of a metric. */
export function writtenPart(metric: MetricName, part: Aggregate['kind']): string {
  if (part === 'quantile') return `p95(${metric})`;
  return part === 'share' ? `share(${metric} > …)` : `${part}(${metric})`;
}
