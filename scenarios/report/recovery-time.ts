import type { RunResult, Timeline } from '../../sim/index.ts';
import type { Recovery } from '../schema/threshold.ts';

/**
 * Buckets in a row that must be near the old level: a single one may be there by chance while the
 * metric swings.
 */
const STEADY_BUCKETS = 3;

export interface RecoveryTime {
  readonly seconds: number;
  /** Not back when the recording ended: `seconds` is how long was watched. */
  readonly isCensored: boolean;
}

/**
 * From the beginning of an event until the metric is back within `withinRatio` of its mean before
 * the event, and stays for three buckets: 0 if it never left. Resolution: one bucket. Null when
 * there is no time series, or none before the event.
 */
export function recoveryTime(
  result: RunResult,
  recovery: Recovery,
  eventAtNs: number,
): RecoveryTime | null {
  const { timeline } = result;
  if (timeline === null) return null;
  const series = seriesOf(timeline, recovery);
  if (series === null) return null;
  const first = Math.ceil((eventAtNs - timeline.startNs) / timeline.bucketNs - 1e-9);
  const before = series.slice(0, Math.max(0, first)).filter((value) => value !== null);
  if (before.length === 0) return null;
  const level = before.reduce((sum, value) => sum + value, 0) / before.length;
  const isBack = (value: number | null): boolean =>
    value !== null && Math.abs(value - level) <= recovery.withinRatio * Math.abs(level);
  // An event in the middle of a bucket disturbs that one already.
  const start = Math.floor((eventAtNs - timeline.startNs) / timeline.bucketNs + 1e-9);
  for (let bucket = start; bucket + STEADY_BUCKETS <= series.length; bucket++) {
    if (!series.slice(bucket, bucket + STEADY_BUCKETS).every(isBack)) continue;
    const backNs = timeline.startNs + bucket * timeline.bucketNs;
    return { seconds: Math.max(0, backNs - eventAtNs) / 1e9, isCensored: false };
  }
  const endNs = timeline.startNs + series.length * timeline.bucketNs;
  return { seconds: Math.max(0, endNs - eventAtNs) / 1e9, isCensored: true };
}

function seriesOf(
  timeline: Timeline,
  { metric, aggregate }: Recovery,
): readonly (number | null)[] | null {
  const share = (part: readonly number[]): (number | null)[] =>
    part.map((value, bucket) =>
      timeline.requests[bucket]! > 0 ? value / timeline.requests[bucket]! : null,
    );
  switch (metric) {
    case 'availability':
    case 'goodput':
      return share(timeline.completed);
    case 'failed_requests':
      return share(timeline.failed);
    case 'requests':
    case 'requests_per_s':
      return timeline.requests;
    case 'latency':
      return latencySeries(timeline, aggregate);
    default:
      return null;
  }
}

function latencySeries(
  timeline: Timeline,
  aggregate: Recovery['aggregate'],
): readonly (number | null)[] | null {
  if (aggregate === null || aggregate.kind === 'mean') {
    return timeline.latencySum_s.map((sum, bucket) =>
      timeline.completed[bucket]! > 0 ? sum / timeline.completed[bucket]! : null,
    );
  }
  if (aggregate.kind !== 'quantile') return null;
  switch (aggregate.quantile) {
    case 0.5:
      return timeline.latencyP50_s;
    case 0.95:
      return timeline.latencyP95_s;
    case 0.99:
      return timeline.latencyP99_s;
    default:
      return null;
  }
}
