import type { MetricValues, RunResult, Timeline } from '../../../sim/index.ts';
import type { Threshold } from '../../../scenarios/schema/threshold.ts';

/** A replication with given metrics and nothing else. */
export function resultOf(
  replication: number,
  metrics: MetricValues,
  more: Partial<RunResult> = {},
): RunResult {
  return {
    strategy: 's',
    replication,
    fingerprint: '0'.repeat(16),
    eventCount: 1,
    unfinished: 0,
    metrics,
    pops: {},
    servers: {},
    classes: {},
    links: {},
    origins: {},
    regions: {},
    prefixes: {},
    windows: {},
    before: {},
    after: {},
    timeline: null,
    ...more,
  };
}

/** Ten replications whose metric is `center` ± up to `spread`, evenly. */
export function tenOf(make: (offset: number, replication: number) => RunResult): RunResult[] {
  return Array.from({ length: 10 }, (_, r) => make((r - 4.5) / 4.5, r));
}

export function threshold(overrides: Partial<Threshold>): Threshold {
  return {
    text: 't',
    metric: 'latency',
    aggregate: { kind: 'mean' },
    of: null,
    window: null,
    recovery: null,
    limit: { op: '<', value: 0.06, unit: 's' },
    noWorseThan: null,
    only: null,
    ...overrides,
  };
}

/** p95 per bucket of a second; the rest is plain. */
export function timelineOf(p95: readonly (number | null)[]): Timeline {
  const ones = p95.map(() => 1);
  return {
    startNs: 0,
    bucketNs: 1e9,
    requests: ones,
    completed: ones,
    failed: p95.map(() => 0),
    errors: [],
    timeouts: [],
    unreachable: [],
    lookUps: [],
    hits: [],
    utilisationP95: [],
    utilisationMax: [],
    inFlight: [],
    latencySum_s: p95.map((value) => value ?? 0),
    latencyP50_s: p95,
    latencyP95_s: p95,
    latencyP99_s: p95,
    popRequests: {},
  };
}
