import { METRICS, type Aggregate, type MetricName } from './threshold.ts';

/**
 * Key of a metric in a replication's figures and in `summary.json`: (latency, p95) →
 * `latency_p95_s`. Null where no single key holds it (`failed_requests` is 1 − `availability`).
 */
export function metricKey(metric: MetricName, aggregate: Aggregate | null): string | null {
  const { key, sampled, unit } = METRICS[metric];
  if (metric === 'failed_requests' || metric === 'goodput' || metric === 'origin_rate') return null;
  if (!sampled) return aggregate === null ? key : null;
  if (metric === 'queue_wait') return 'queue_wait_mean_s';
  if (aggregate === null || aggregate.kind === 'share' || aggregate.kind === 'min') return null;
  const part = aggregate.kind === 'quantile' ? quantileName(aggregate.quantile) : aggregate.kind;
  return `${key}_${part}_${unit}`;
}

/** 0.5 → `p50`, 0.999 → `p999`, as the report calls them. */
function quantileName(quantile: number): string {
  return `p${String(quantile).slice('0.'.length).padEnd(2, '0')}`;
}
