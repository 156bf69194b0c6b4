import type { EntityRef } from '../../sim/index.ts';

/**
 * A threshold as a value. The sentence
 * `METRIC [of ENTITY] [during|before|after EVENT] OP VALUE` or `… no worse than +3% against S`
 * is parsed by `threshold-grammar.ts`; values are in the base unit of the metric.
 */
export interface Threshold {
  /** As written. */
  readonly text: string;
  readonly metric: MetricName;
  /** `p95(…)`, `mean(…)`, `max(…)`; null where the metric stands alone. */
  readonly aggregate: Aggregate | null;
  /** `of pop/fra`, `over servers`, `(server/fra/0)`; null = the whole world. */
  readonly of: ThresholdEntity | null;
  readonly window: ThresholdWindow | null;
  /** Only in `recovery_time(…)`: what must be back, and how near. */
  readonly recovery: Recovery | null;
  /** Exactly one of `limit` and `noWorseThan` is there. */
  readonly limit: Limit | null;
  readonly noWorseThan: NoWorseThan | null;
  /** Strategies it is evaluated for; null = all. */
  readonly only: readonly string[] | null;
}

export type Aggregate =
  | { readonly kind: 'quantile'; readonly quantile: number }
  | { readonly kind: 'mean' | 'min' | 'max' }
  /** `share(latency > 200ms)`: part of the samples beyond the limit (base unit). */
  | { readonly kind: 'share'; readonly op: ComparisonOperator; readonly limit: number };

export type ComparisonOperator = '<' | '<=' | '>' | '>=';

/** One entity, or all of a kind (`links`, `servers`), of which the aggregate takes one. */
export type ThresholdEntity =
  | { readonly kind: 'one'; readonly ref: EntityRef }
  | { readonly kind: 'all'; readonly of: EntityKind };

export type EntityKind = 'pop' | 'server' | 'link' | 'origin' | 'prefix' | 'region' | 'class';

export interface ThresholdWindow {
  readonly kind: 'during' | 'before' | 'after';
  readonly event: string;
}

export interface Recovery {
  readonly metric: MetricName;
  readonly aggregate: Aggregate | null;
  /** `within 10%` → 0.1. */
  readonly withinRatio: number;
}

export interface Limit {
  readonly op: ComparisonOperator;
  readonly value: number;
  readonly unit: MetricUnit;
}

export interface NoWorseThan {
  /** `+3%` → 0.03. */
  readonly marginRatio: number;
  /** Name of a strategy; `baseline` stands for the scenario's. */
  readonly against: string;
}

/** Base unit of a metric: seconds, ratio, per second, bytes, bits a second, or a plain number. */
export type MetricUnit = 's' | 'ratio' | 'per_s' | 'bytes' | 'bps' | 'count';

export interface MetricDefinition {
  readonly unit: MetricUnit;
  /** Larger is better: `no worse than` then means not below. */
  readonly more: 'better' | 'worse';
  /** Stem of the key in `summary.json`: `latency` + aggregate + unit, or the whole key. */
  readonly key: string;
  /** Has a distribution, so that an aggregate is needed. */
  readonly sampled: boolean;
  readonly meaning: string;
}

const metric = (
  unit: MetricUnit,
  more: 'better' | 'worse',
  key: string,
  sampled: boolean,
  meaning: string,
): MetricDefinition => ({ unit, more, key, sampled, meaning });

/** Everything a threshold or a precision may speak of. */
export const METRICS = {
  latency: metric('s', 'worse', 'latency', true, 'first packet to last byte, completed requests'),
  ttfb: metric('s', 'worse', 'ttfb', true, 'first packet to first byte of the response'),
  rtt: metric('s', 'worse', 'rtt', true, 'network round trip to the serving POP'),
  inflation: metric('s', 'worse', 'inflation', true, 'round trip beyond that to the best POP'),
  availability: metric('ratio', 'better', 'availability', false, 'completed ÷ requests'),
  error_rate: metric('ratio', 'worse', 'error_ratio', false, 'errors ÷ requests'),
  failed_requests: metric('ratio', 'worse', 'availability', false, '1 − availability'),
  goodput: metric('ratio', 'better', 'availability', false, 'completed ÷ requests, by class'),
  hit_ratio: metric('ratio', 'better', 'hit_ratio', false, 'cache hits ÷ look-ups'),
  origin_offload: metric('ratio', 'better', 'origin_offload', false, 'bytes not from the origin'),
  origin_rate: metric(
    'per_s',
    'worse',
    'origin_fetches',
    false,
    'fetches from the origin a second',
  ),
  utilisation: metric('ratio', 'worse', 'utilisation', false, 'busy slot time ÷ slot time'),
  peak_utilisation: metric(
    'ratio',
    'worse',
    'utilisation_max',
    false,
    'of a link: carried ÷ capacity in its fullest second',
  ),
  queue_wait: metric('s', 'worse', 'queue_wait', true, 'waiting for server slots'),
  in_system: metric('count', 'worse', 'in_system_mean', false, 'mean requests in the POPs'),
  requests: metric('count', 'better', 'requests', false, 'client requests'),
  requests_per_s: metric('per_s', 'better', 'requests_per_s', false, 'client requests a second'),
  errors: metric('count', 'worse', 'errors', false, 'responses with 5xx'),
  rejected: metric('count', 'worse', 'rejected', false, 'refused by a full queue'),
  timeouts: metric('count', 'worse', 'timeouts', false, 'clients that gave up'),
  retries: metric('count', 'worse', 'retries', false, 'attempts beyond the first'),
  imbalance: metric('ratio', 'worse', 'imbalance', false, 'load of the busiest server ÷ mean'),
  moved_keys: metric('ratio', 'worse', 'moved_keys_ratio', false, 'keys whose server changed'),
  probes: metric('count', 'worse', 'probes', false, 'health probes sent'),
  balancer_retries: metric('count', 'worse', 'balancer_retries', false, 'retries by balancers'),
  balancer_refused: metric('count', 'worse', 'balancer_refused', false, '503 of balancers'),
  overload_crashes: metric('count', 'worse', 'overload_crashes', false, 'servers dead of overload'),
  table_builds: metric('count', 'worse', 'table_builds', false, 'builds of balancers’ tables'),
  builder_busy: metric('ratio', 'worse', 'builder_busy_ratio', false, 'time spent building tables'),
  table_lag: metric('s', 'worse', 'table_lag_mean_s', false, 'age of what tables lack, mean'),
  table_lag_max: metric('s', 'worse', 'table_lag_max_s', false, 'the greatest of it'),
  stale_picks: metric('count', 'worse', 'stale_picks', false, 'picks of servers that are gone'),
  servers_mean: metric('count', 'worse', 'servers_mean', false, 'autoscaled servers in service'),
  server_hours: metric('count', 'worse', 'server_hours', false, 'hours that they were up'),
  scale_ups: metric('count', 'worse', 'scale_ups', false, 'decisions for more servers'),
  scale_downs: metric('count', 'worse', 'scale_downs', false, 'decisions for fewer servers'),
  scale_reversals: metric('count', 'worse', 'scale_reversals', false, 'up after down, or reverse'),
  flaps: metric('count', 'worse', 'flaps', false, 'health transitions of a server'),
  false_down_time: metric(
    'ratio',
    'worse',
    'false_down_time_ratio',
    false,
    'time marked down while well',
  ),
  recovery_time: metric('s', 'worse', 'recovery_time_s', false, 'until a metric is back'),
  broken_connections: metric('count', 'worse', 'broken_connections', false, 'lost by a new route'),
  bgp_updates: metric('count', 'worse', 'bgp_updates', false, 'BGP messages'),
  route_changes: metric('count', 'worse', 'route_changes', false, 'regions given another POP'),
  dns_queries: metric(
    'count',
    'worse',
    'dns_queries',
    false,
    'look-ups that reached the authority',
  ),
  share_25ms_worse: metric(
    'ratio',
    'worse',
    'share_25ms_worse',
    false,
    '≥ 25 ms beyond the best POP',
  ),
  share_100ms_worse: metric(
    'ratio',
    'worse',
    'share_100ms_worse',
    false,
    '≥ 100 ms beyond the best',
  ),
  share_nearest_pop: metric(
    'ratio',
    'better',
    'share_nearest_pop',
    false,
    'served by the best POP',
  ),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;

/** Metrics of the format whose subjects are not built yet. */
export const METRICS_NOT_YET = [
  'false_positive_rate',
  'mitigation_time',
  'cost',
  'carbon',
] as const;
