import { describe, expect, test } from 'vitest';
import type { Gauges } from '../../../sim/metrics/gauges.ts';
import { CacheResult, Outcome } from '../../../sim/requests.ts';
import { summarize } from '../../../sim/summarize.ts';
import type { WorldSpec } from '../../../sim/world.ts';
import { failure, tinyWorld, watched } from './tiny-world.ts';

const IDLE: Gauges = {
  servers: { busySlotNs: () => 0, slotNs: () => 20e9, insideArea: () => 0 },
  origins: { busySlotNs: () => 0, slotNs: () => 10e9, insideArea: () => 0 },
  links: null,
};

function resultOf(world: WorldSpec, bench: ReturnType<typeof watched>, gauges: Gauges = IDLE) {
  return summarize({
    world,
    replication: 3,
    names: bench.names,
    collectors: bench.collectors,
    gauges,
    fingerprint: '0123456789abcdef',
    eventCount: 42,
    unfinished: 1,
  });
}

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
    inflation_mean_s: null,
    inflation_p50_s: null,
    inflation_p90_s: null,
    inflation_p99_s: null,
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
    utilisation: 0,
    in_system_mean: 0,
    imbalance: null,
    load_p99_over_mean: null,
    flaps: null,
    false_down_time_ratio: null,
  });
  expect(Object.keys(result.servers)).toEqual(['ams/0', 'ams/1', 'fra/0']);
  expect(result.windows['late']).toMatchObject({ requests: 0, requests_per_s: null });
  expect(result.timeline).toEqual({
    startNs: 0,
    bucketNs: 4e9,
    requests: [0, 0, 0],
    completed: [0, 0, 0],
    failed: [0, 0, 0],
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

test('caches: stale and collapsed are hits; offload is what origins did not send', () => {
  const tier = {
    capacityBytes: Infinity,
    capacityObjects: 9,
    eviction: { name: 'lru', options: {} },
    placement: 'server' as const,
    collapseRequests: true,
  };
  const world = tinyWorld({
    cache: {
      edge: tier,
      shield: { ...tier, pops: ['fra'] },
      staleIfErrorNs: 0,
      staleWhileRevalidateNs: 0,
    },
  });
  const bench = watched(world);
  const { Hit, Miss, Pass, Stale, Collapsed, None } = CacheResult;
  for (const cacheResult of [Hit, Hit, Hit, Miss, Pass, Stale, Collapsed, None]) {
    bench.end({ arrivedNs: 1e9, sizeBytes: 100, cacheResult });
  }
  bench.hub.cacheLookedUp(0, 0, 'edge', Hit, 100, 1e9);
  bench.hub.cacheLookedUp(0, 0, 'edge', Miss, 100, 1e9);
  bench.hub.cacheLookedUp(1, 2, 'shield', Miss, 100, 1e9);
  bench.hub.originFetchStarted(0, 1, 1e9);
  bench.hub.originFetchEnded(0, 1, false, 30e6, 100, 1.03e9);
  bench.hub.originFetchStarted(0, 1, 2e9);
  bench.hub.originFetchEnded(0, 1, true, 60e6, 0, 2.06e9);
  bench.hub.originFetchStarted(0, 1, 11e9);
  const result = resultOf(world, bench);
  expect(result.metrics).toMatchObject({
    hits: 5,
    miss: 1,
    pass: 1,
    stale: 1,
    collapsed: 1,
    hit_ratio: 5 / 6,
    bytes: 800,
    shield_hits: 0,
    shield_miss: 1,
    shield_hit_ratio: 0,
    origin_fetches: 2,
    origin_errors: 1,
    origin_bytes: 100,
    origin_latency_mean_s: 0.03,
    origin_offload: 700 / 800,
  });
  expect(result.servers['ams/0']).toMatchObject({ hits: 1, miss: 1, hit_ratio: 0.5 });
  expect(result.pops['ams']).toMatchObject({
    shield_hits: null,
    origin_fetches: 0,
    origin_offload: 1,
  });
  expect(result.pops['fra']).toMatchObject({
    shield_miss: 1,
    origin_fetches: 2,
    origin_offload: null,
  });
  expect(result.origins['main']).toMatchObject({
    requests: 2,
    errors: 1,
    error_ratio: 0.5,
    latency_mean_s: 0.03,
  });
});

test('load: utilisation, mean number inside, imbalance; Little for the wait at the origin', () => {
  const world = tinyWorld();
  const bench = watched(world);
  for (let i = 0; i < 4; i++) bench.hub.originFetchStarted(0, 0, 1e9);
  const busySlotNs = [4e9, 8e9, 12e9];
  const result = resultOf(world, bench, {
    servers: {
      busySlotNs: (server) => busySlotNs[server]!,
      slotNs: () => 20e9,
      insideArea: (server) => (server + 1) * 10e9,
    },
    origins: { busySlotNs: () => 5e9, slotNs: () => 10e9, insideArea: () => 7e9 },
    links: { utilisationMean: () => 0.25, utilisationMax: () => null, bytes: () => 1e9 },
  });
  // Loads 0.2, 0.4, 0.6: mean 0.4, max 0.6.
  expect(result.metrics['utilisation']).toBeCloseTo(0.4, 12);
  expect(result.metrics['in_system_mean']).toBe(6);
  expect(result.metrics['imbalance']).toBeCloseTo(1.5, 12);
  expect(result.metrics['load_p99_over_mean']).toBeCloseTo(1.5, 12);
  expect(result.pops['ams']).toMatchObject({ in_system_mean: 3 });
  expect(result.pops['ams']!['imbalance']).toBeCloseTo(4 / 3, 12);
  expect(result.pops['fra']).toMatchObject({ utilisation: 0.6, imbalance: null });
  expect(result.servers['ams/1']).toMatchObject({ utilisation: 0.4, in_system_mean: 2 });
  // 7 − 5 request-seconds waited, over 4 fetches.
  expect(result.origins['main']).toMatchObject({ utilisation: 0.5, queue_wait_mean_s: 0.5 });
  expect(result.links['ams-fra']).toEqual({
    utilisation: 0.25,
    utilisation_max: null,
    bytes: 1e9,
    throughput_bps: 8e8,
  });
});

test('the control plane is counted when it acts, in the window in which it acts', () => {
  const world = tinyWorld({
    network: { attributes: {}, options: {}, nodes: [], edges: [] },
    events: [failure('down', 2e9, 4e9)],
  });
  const bench = watched(world);
  bench.hub.bgpUpdateSent(5, 2e9);
  bench.hub.bgpUpdateSent(2, 5e9);
  bench.hub.connectionBroken(1, 0, 1, 3e9);
  bench.hub.connectionOpened(1, 1, 3e9);
  bench.hub.dnsQueried(0, 1e9);
  bench.hub.routeChanged(0, 1, 0, 1, 3e9);
  bench.hub.routeChanged(0, 1, 1, 0, 12e9);
  const result = resultOf(world, bench);
  expect(result.metrics).toMatchObject({
    bgp_updates: 7,
    broken_connections: 1,
    connections_opened: 1,
    dns_queries: 1,
    route_changes: 1,
  });
  expect(result.windows['down']).toMatchObject({
    bgp_updates: 5,
    broken_connections: 1,
    dns_queries: 0,
  });
  expect(result.regions['fr']).toMatchObject({ broken_connections: 1, route_changes: 1 });
  expect(result.prefixes['www']).toEqual({ route_changes: 1 });
});

test('false-down time: judged unhealthy while nothing of the story failed', () => {
  const health = { intervalNs: 1e9, timeoutNs: 1e9, fall: 3, rise: 2, jitterRatio: 0 };
  // ams/1 is really down from 2 s to 5 s, and judged so from 3 s to 6 s and from 9 s on.
  const world = tinyWorld({ health, events: [failure(null, 2e9, 5e9)] });
  const bench = watched(world);
  bench.hub.serverHealthChanged(1, false, 3e9);
  bench.hub.serverHealthChanged(1, true, 6e9);
  bench.hub.serverHealthChanged(1, false, 9e9);
  const result = resultOf(world, bench);
  expect(result.servers['ams/1']).toMatchObject({ flaps: 2, false_down_time_ratio: 0.2 });
  expect(result.servers['ams/0']).toMatchObject({ flaps: 0, false_down_time_ratio: 0 });
  expect(result.metrics['false_down_time_ratio']).toBeCloseTo(0.2 / 3, 12);
});

test('names that JavaScript knows otherwise are names like any other', () => {
  const base = tinyWorld();
  const world = { ...base, pops: [{ ...base.pops[0]!, name: '__proto__' }] };
  const result = resultOf(world, watched(world));
  expect(Object.keys(result.pops)).toEqual(['__proto__']);
});
