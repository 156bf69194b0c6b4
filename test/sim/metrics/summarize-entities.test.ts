import { expect, test } from 'vitest';
import { CacheResult } from '../../../sim/requests.ts';
import { resultOf } from './result-of.ts';
import { failure, tinyWorld, watched } from './tiny-world.ts';

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
