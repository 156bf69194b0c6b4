import type { RunResult, Timeline, TimelineFile } from '../../sim/index.ts';
import { digits } from './estimate.ts';

type Column = readonly (number | null)[];

/** Time series of a strategy, averaged bucket by bucket over replications; null without any. */
export function timelineFile(strategy: string, results: readonly RunResult[]): TimelineFile | null {
  const timelines = results.flatMap(({ timeline }) => timeline ?? []);
  const first = timelines[0];
  if (first === undefined) return null;
  const length = Math.min(...timelines.map(({ requests }) => requests.length));
  const average = (column: (timeline: Timeline) => Column): (number | null)[] =>
    fold(
      timelines.map(column),
      length,
      (values) => values.reduce((a, b) => a + b, 0) / values.length,
    );
  const counts = (column: (timeline: Timeline) => readonly number[]): number[] =>
    average(column).map((value) => value ?? 0);
  const meanLatency = (timeline: Timeline): Column =>
    timeline.latencySum_s.map((sum, bucket) =>
      timeline.completed[bucket]! > 0 ? sum / timeline.completed[bucket]! : null,
    );
  const hitRatio = ({ hits, lookUps }: Timeline): Column =>
    hits.map((count, bucket) => (lookUps[bucket]! > 0 ? count / lookUps[bucket]! : null));
  const p95 = timelines.map(({ latencyP95_s }) => latencyP95_s);
  return {
    format: 1,
    strategy,
    replications: timelines.length,
    start_s: first.startNs / 1e9,
    bucket_s: first.bucketNs / 1e9,
    requests: counts(({ requests }) => requests),
    completed: counts(({ completed }) => completed),
    failed: counts(({ failed }) => failed),
    errors: counts(({ errors }) => errors),
    timeouts: counts(({ timeouts }) => timeouts),
    unreachable: counts(({ unreachable }) => unreachable),
    hit_ratio: average(hitRatio),
    utilisation_p95: average(({ utilisationP95 }) => utilisationP95),
    utilisation_max: average(({ utilisationMax }) => utilisationMax),
    in_flight: average(({ inFlight }) => inFlight),
    latency_mean_s: average(meanLatency),
    latency_p50_s: average(({ latencyP50_s }) => latencyP50_s),
    latency_p95_s: average(({ latencyP95_s }) => latencyP95_s),
    latency_p95_s_min: fold(p95, length, (values) => Math.min(...values)),
    latency_p95_s_max: fold(p95, length, (values) => Math.max(...values)),
    latency_p99_s: average(({ latencyP99_s }) => latencyP99_s),
    pop_requests: Object.fromEntries(
      Object.keys(first.popRequests).map((pop) => [
        pop,
        counts(({ popRequests }) => popRequests[pop] ?? []),
      ]),
    ),
  };
}

/** Per bucket over the replications that have a value there. */
function fold(
  columns: readonly Column[],
  length: number,
  combine: (values: number[]) => number,
): (number | null)[] {
  return Array.from({ length }, (_, bucket) => {
    const values = columns.flatMap((column) => column[bucket] ?? []);
    return values.length === 0 ? null : digits(combine(values));
  });
}

/** File name of a strategy's time series: names may hold what file systems do not allow. */
export function timelinePath(strategy: string): string {
  return `timeline/${encodeURIComponent(strategy).replaceAll('*', '%2A')}.json`;
}
