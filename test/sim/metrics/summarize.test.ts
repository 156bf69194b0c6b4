import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../sim/requests.ts';
import { resultOf } from './result-of.ts';
import { failure, tinyWorld, watched } from './tiny-world.ts';

/** Any number in a result that JSON could not say. */
function unspeakable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== 'object' || value === null) return value === undefined ? [path] : [];
  return Object.entries(value).flatMap(([key, part]) => unspeakable(part, `${path}.${key}`));
}

test('an empty run has zeros for counts, null for all that has no data, and nothing else', () => {
  const world = tinyWorld({
    record: { timelineNs: 4e9, quantiles: [0.5, 0.999], latencyLimitsNs: [200e6] },
    events: [failure('down', 1e9, 2e9), failure('late', 20e9, 30e9)],
  });
  const result = resultOf(world, watched(world));
  expect(unspeakable(result)).toEqual([]);
  expect(result).toMatchObject({
    strategy: 'default',
    replication: 3,
    eventCount: 42,
    unfinished: 1,
  });
  expect(result.metrics).toEqual({
    requests: 0,
    requests_per_s: 0,
    completed: 0,
    errors: 0,
    rejected: 0,
    timeouts: 0,
    unreachable: 0,
    retries: 0,
    availability: null,
    error_ratio: null,
    failed_requests_ratio: null,
    latency_mean_s: null,
    latency_min_s: null,
    latency_max_s: null,
    latency_p50_s: null,
    latency_p999_s: null,
    latency_over_200ms_ratio: null,
    ttfb_mean_s: null,
    ttfb_p50_s: null,
    ttfb_p999_s: null,
    queue_wait_mean_s: null,
    bytes: 0,
    rtt_mean_s: null,
    rtt_p50_s: null,
    rtt_p90_s: null,
    rtt_p99_s: null,
    rtt_p999_s: null,
    inflation_mean_s: null,
    inflation_p50_s: null,
    inflation_p90_s: null,
    inflation_p99_s: null,
    inflation_p999_s: null,
    share_nearest_pop: null,
    share_25ms_worse: null,
    share_100ms_worse: null,
    hits: null,
    miss: null,
    pass: null,
    stale: null,
    collapsed: null,
    hit_ratio: null,
    shield_hits: null,
    shield_miss: null,
    shield_hit_ratio: null,
    origin_fetches: 0,
    origin_errors: 0,
    origin_bytes: 0,
    origin_latency_mean_s: null,
    origin_offload: null,
    connections_opened: null,
    broken_connections: null,
    bgp_updates: null,
    dns_queries: null,
    route_changes: null,
    moved_keys_ratio: null,
    probes: null,
    balancer_retries: null,
    balancer_refused: null,
    overload_crashes: null,
    table_builds: null,
    builder_busy_ratio: null,
    table_lag_mean_s: null,
    table_lag_max_s: null,
    stale_picks: null,
    utilisation: 0,
    in_system_mean: 0,
    imbalance: null,
    load_p99_over_mean: null,
    flaps: null,
    false_down_time_ratio: null,
    servers_mean: null,
    servers_min: null,
    servers_max: null,
    server_hours: null,
    scale_ups: null,
    scale_downs: null,
    scale_reversals: null,
  });
  expect(Object.keys(result.servers)).toEqual(['ams/0', 'ams/1', 'fra/0']);
  expect(result.windows['late']).toMatchObject({ requests: 0, requests_per_s: null });
  expect(result.timeline).toEqual({
    startNs: 0,
    bucketNs: 4e9,
    requests: [0, 0, 0],
    completed: [0, 0, 0],
    failed: [0, 0, 0],
    errors: [0, 0, 0],
    timeouts: [0, 0, 0],
    unreachable: [0, 0, 0],
    lookUps: [0, 0, 0],
    hits: [0, 0, 0],
    utilisationP95: [],
    utilisationMax: [],
    inFlight: [],
    latencySum_s: [0, 0, 0],
    latencyP50_s: [null, null, null],
    latencyP95_s: [null, null, null],
    latencyP99_s: [null, null, null],
    popRequests: { ams: [0, 0, 0], fra: [0, 0, 0] },
  });
});

describe('five requests, one of each end', () => {
  // Completed 100 ms and 300 ms, error, rejected (an error too), timed out, unreachable.
  const world = tinyWorld({
    record: { timelineNs: 5e9, quantiles: [0.5], latencyLimitsNs: [200e6] },
  });
  const bench = watched(world);
  bench.end({ arrivedNs: 0, latencyNs: 100e6, ttfbNs: 40e6, sizeBytes: 700, queueWaitNs: 10e6 });
  bench.end({
    arrivedNs: 6e9,
    latencyNs: 300e6,
    ttfbNs: 60e6,
    sizeBytes: 300,
    pop: 1,
    server: 2,
    classIndex: 1,
    queueWaitNs: 50e6,
    attempt: 2,
  });
  bench.end({ arrivedNs: 1e9, outcome: Outcome.Error, latencyNs: 5, attempt: 1 });
  bench.end({ arrivedNs: 2e9, outcome: Outcome.Rejected, server: 1 });
  bench.end({ arrivedNs: 7e9, outcome: Outcome.Timeout, pop: 1, server: 2, queueWaitNs: 60e6 });
  bench.end({ arrivedNs: 8e9, outcome: Outcome.Unreachable, pop: -1, server: -1 });
  const result = resultOf(world, bench);

  test('the world: 2 of 6 completed in 10 s, mean (100 + 300) / 2 ms', () => {
    expect(result.metrics).toMatchObject({
      requests: 6,
      requests_per_s: 0.6,
      completed: 2,
      errors: 2,
      rejected: 1,
      timeouts: 1,
      unreachable: 1,
      retries: 3,
      availability: 2 / 6,
      error_ratio: 2 / 6,
      failed_requests_ratio: 4 / 6,
      latency_mean_s: 0.2,
      latency_min_s: 0.1,
      latency_max_s: 0.3,
      latency_over_200ms_ratio: 0.5,
      ttfb_mean_s: 0.05,
      bytes: 1000,
      // Waited: 10, 50, 0 (error) and 60 ms; the rejected and the unreachable took no place.
      queue_wait_mean_s: 0.03,
    });
  });

  test('the ends add up in every group', () => {
    const groups = [
      result.metrics,
      ...Object.values(result.pops),
      ...Object.values(result.classes),
    ];
    for (const group of groups) {
      const ends =
        group['completed']! + group['errors']! + group['timeouts']! + group['unreachable']!;
      expect(ends).toBe(group['requests']);
    }
  });

  test('POPs, classes and servers have their own', () => {
    expect(result.pops['ams']).toMatchObject({ requests: 3, completed: 1, latency_mean_s: 0.1 });
    expect(result.pops['fra']).toMatchObject({ requests: 2, timeouts: 1, latency_p50_s: 0.3 });
    expect(result.classes['page']).toMatchObject({ requests: 5, completed: 1 });
    expect(result.classes['image']).toMatchObject({ requests: 1, latency_max_s: 0.3 });
    expect(result.servers['ams/0']).toMatchObject({
      requests: 2,
      completed: 1,
      latency_mean_s: 0.1,
    });
    expect(result.servers['fra/0']).toMatchObject({ requests: 2, latency_max_s: 0.3 });
    expect(result.regions['de']).toMatchObject({ requests: 0, latency_mean_s: null });
  });

  test('the timeline goes by arrival', () => {
    expect(result.timeline).toMatchObject({
      requests: [3, 3],
      completed: [1, 1],
      failed: [2, 2],
      latencySum_s: [0.1, 0.3],
      latencyP99_s: [0.1, 0.3],
      popRequests: { ams: [3, 0], fra: [0, 2] },
    });
  });
});

test('the warm-up is cut, and windows go by arrival from 0:00 on, whatever the clock shows', () => {
  const world = tinyWorld({
    time: { preRunNs: 5e9, cutNs: 4e9, durationNs: 10e9 },
    events: [failure('down', 6e9, 8e9)],
  });
  const bench = watched(world, undefined, 5e9);
  for (const second of [-1, 0, 3, 4, 6, 7, 8, 9, 10]) {
    bench.end({ arrivedNs: second * 1e9, latencyNs: (second + 2) * 1e6 });
  }
  const result = resultOf(world, bench);
  // Measured: 4, 6, 7, 8, 9 → latencies 6, 8, 9, 10, 11 ms.
  expect(result.metrics).toMatchObject({
    requests: 5,
    latency_mean_s: 0.0088,
    latency_min_s: 0.006,
  });
  expect(result.pops['ams']).toMatchObject({ requests: 5 });
  expect(result.before['down']).toMatchObject({ requests: 3, latency_max_s: 0.006 });
  expect(result.windows['down']).toMatchObject({
    requests: 2,
    requests_per_s: 1,
    latency_mean_s: 0.0085,
  });
  expect(result.after['down']).toMatchObject({ requests: 2, latency_min_s: 0.01 });
});

test('round trips: inflation is against the best POP, answered requests of regions only', () => {
  const world = tinyWorld();
  const bench = watched(world);
  const routed = (rttNs: number, bestRttNs: number, outcome: Outcome = Outcome.Completed) =>
    bench.end({ arrivedNs: 0, region: 0, rttNs, bestRttNs, outcome });
  routed(10e6, 10e6);
  routed(45e6, 20e6);
  routed(130e6, 30e6);
  routed(40e6, 40e6, Outcome.Error);
  routed(900e6, 10e6, Outcome.Timeout);
  bench.end({ arrivedNs: 0, region: -1, rttNs: 7e6 });
  const result = resultOf(world, bench);
  expect(result.regions['de']).toMatchObject({
    requests: 5,
    rtt_mean_s: (0.01 + 0.045 + 0.13 + 0.04) / 4,
    inflation_mean_s: (0.025 + 0.1) / 4,
    share_nearest_pop: 0.5,
    share_25ms_worse: 0.5,
    share_100ms_worse: 0.25,
  });
  expect(result.metrics).toMatchObject({ share_25ms_worse: 0.5 });
  expect(result.regions['fr']).toMatchObject({ requests: 0, rtt_mean_s: null });
});
