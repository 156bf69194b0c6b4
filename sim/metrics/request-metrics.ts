import type { RecordSpec } from '../world.ts';
import type { HistogramSum } from './histogram-rows.ts';
import { latencyOverKey, quantileName } from './metric-keys.ts';
import { type RequestTallies, Tally } from './request-tallies.ts';

type Metrics = Record<string, number | null>;

/** What reports say of the network beside the quantiles that the scenario asks for. */
const NETWORK_QUANTILES = [0.5, 0.9, 0.99] as const;

/** null where there is nothing to divide by: no data is not zero. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 && whole < Infinity ? part / whole : null;
}

/** Mean in seconds of a sum of nanoseconds. */
export function meanSeconds(sumNs: number, count: number): number | null {
  const meanNs = ratio(sumNs, count);
  return meanNs === null ? null : meanNs / 1e9;
}

/**
 * What a report says of the requests in some rows of the tallies that together last `lengthNs`:
 * seconds, counts and ratios; null where there is no data.
 */
export function requestMetrics(
  tallies: RequestTallies,
  rows: readonly number[],
  lengthNs: number,
  record: RecordSpec,
): Metrics {
  const count = (column: Tally): number => tallies.sum(column, rows);
  const requests = count(Tally.Requests);
  const completed = count(Tally.Completed);
  const errors = count(Tally.Errors);
  return {
    requests,
    requests_per_s: ratio(requests * 1e9, lengthNs),
    completed,
    errors,
    rejected: count(Tally.Rejected),
    timeouts: count(Tally.Timeouts),
    unreachable: count(Tally.Unreachable),
    retries: count(Tally.Retries),
    availability: ratio(completed, requests),
    error_ratio: ratio(errors, requests),
    failed_requests_ratio: ratio(requests - completed, requests),
    ...latencyMetrics(tallies, rows, completed, record),
    queue_wait_mean_s: meanSeconds(count(Tally.QueueWaitNs), count(Tally.Queued)),
    bytes: count(Tally.Bytes),
    ...networkMetrics(tallies, rows, record),
  };
}

/**
 * Cache figures as in Fastly's real-time statistics: hit_ratio = hits / (hits + miss). An answer
 * that was stale, or that waited for another request's fetch (Fastly's HIT-STALE and HIT-WAIT), is
 * a hit; `stale` and `collapsed` say how many of the hits. null throughout without a cache.
 */
export function cacheMetrics(
  tallies: RequestTallies,
  rows: readonly number[],
  hasCache: boolean,
): Metrics {
  if (!hasCache) {
    return { hits: null, miss: null, pass: null, stale: null, collapsed: null, hit_ratio: null };
  }
  const stale = tallies.sum(Tally.Stale, rows);
  const collapsed = tallies.sum(Tally.Collapsed, rows);
  const hits = tallies.sum(Tally.FreshHits, rows) + stale + collapsed;
  const miss = tallies.sum(Tally.Misses, rows);
  const pass = tallies.sum(Tally.Passes, rows);
  return { hits, miss, pass, stale, collapsed, hit_ratio: ratio(hits, hits + miss) };
}

function latencyMetrics(
  tallies: RequestTallies,
  rows: readonly number[],
  completed: number,
  record: RecordSpec,
): Metrics {
  const { min, max } = tallies.latencyExtremesNs(rows);
  const metrics: Metrics = {
    latency_mean_s: meanSeconds(tallies.sum(Tally.LatencyNs, rows), completed),
    latency_min_s: completed > 0 ? min / 1e9 : null,
    latency_max_s: completed > 0 ? max / 1e9 : null,
    ttfb_mean_s: meanSeconds(tallies.sum(Tally.TtfbNs, rows), completed),
  };
  addQuantiles(metrics, 'latency', tallies.latency.gather(rows), record.quantiles, min, max);
  addQuantiles(metrics, 'ttfb', tallies.ttfb.gather(rows), record.quantiles);
  tallies.limitsNs.forEach((limitNs, limit) => {
    metrics[latencyOverKey(limitNs)] = ratio(tallies.overLimitCount(limit, rows), completed);
  });
  return metrics;
}

function networkMetrics(
  tallies: RequestTallies,
  rows: readonly number[],
  record: RecordSpec,
): Metrics {
  const count = (column: Tally): number => tallies.sum(column, rows);
  const routed = count(Tally.Routed);
  const metrics: Metrics = {
    rtt_mean_s: meanSeconds(count(Tally.RttNs), routed),
    inflation_mean_s: meanSeconds(count(Tally.InflationNs), routed),
    share_nearest_pop: ratio(count(Tally.NearestPop), routed),
    share_25ms_worse: ratio(count(Tally.Worse25ms), routed),
    share_100ms_worse: ratio(count(Tally.Worse100ms), routed),
  };
  const quantiles = [...new Set([...NETWORK_QUANTILES, ...record.quantiles])];
  addQuantiles(metrics, 'rtt', tallies.rtt.gather(rows), quantiles);
  addQuantiles(metrics, 'inflation', tallies.inflation.gather(rows), quantiles);
  return metrics;
}

function addQuantiles(
  metrics: Metrics,
  subject: string,
  histogram: HistogramSum,
  quantiles: readonly number[],
  minNs = 0,
  maxNs = Infinity,
): void {
  for (const q of quantiles) {
    const valueNs = histogram.quantile(q, minNs, maxNs);
    metrics[`${subject}_${quantileName(q)}_s`] = valueNs === null ? null : valueNs / 1e9;
  }
}
