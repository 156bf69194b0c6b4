import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { createBalancer, policies, type BackendIndex } from '../../../balancer/index.ts';
import { bestByHotCold, reuseBudget, worstByHotCold } from '../../../balancer/prequal/hot-cold.ts';
import { LatencyByLoad } from '../../../balancer/prequal/latency-by-load.ts';
import { LoadQuantile } from '../../../balancer/prequal/load-quantile.ts';
import { readVectors } from '../read-vectors.ts';

const vectors = readVectors<{
  b_reuse: Record<'m' | 'n' | 'r_probe' | 'r_remove' | 'delta' | 'b_reuse', number>[];
  hcl_cases: {
    theta: number;
    probes: { rif: number; latency: number }[];
    pick?: number;
    worst?: number;
  }[];
}>('balancing/lb-prequal.json');

test.each(vectors.b_reuse)('reuse budget $b_reuse', (row) => {
  const options = {
    poolSize: row.m,
    backendCount: row.n,
    probesPerPick: row.r_probe,
    removalsPerPick: row.r_remove,
    delta: row.delta,
  };
  expect(reuseBudget(options)).toBeCloseTo(row.b_reuse, 12);
});

test.each(vectors.hcl_cases)('hot-cold rule %#', ({ theta, probes, pick, worst }) => {
  const columns = {
    count: probes.length,
    requestsInFlight: Float64Array.from(probes, ({ rif }) => rif),
    latencyNs: Float64Array.from(probes, ({ latency }) => latency),
  };
  if (pick !== undefined) expect(bestByHotCold(columns, theta)).toBe(pick);
  if (worst !== undefined) expect(worstByHotCold(columns, theta)).toBe(worst);
});

test('quantiles of the newest 128 loads', () => {
  const loads = new LoadQuantile();
  const newest: number[] = [];
  const random = seedrandom.alea('loads');
  for (let i = 0; i < 400; i++) {
    const load = Math.floor(random() * 20);
    loads.add(load);
    newest.push(load);
    const sorted = newest.slice(-128).toSorted((a, b) => a - b);
    for (const ratio of [0, 0.5, 0.84, 1]) {
      const at = Math.min(sorted.length - 1, Math.floor(ratio * sorted.length));
      expect(loads.quantile(ratio)).toBe(sorted[at]);
    }
  }
});

test('the latency at about the present load is a median, from the nearest class', () => {
  const latency = new LatencyByLoad();
  latency.reserve(1);
  expect(latency.estimateNs(0, 3, 0)).toBe(0);
  for (const ns of [9, 1, 5]) latency.add(0, 2, ns, 0);
  latency.add(0, 40, 1000, 0);
  expect(latency.estimateNs(0, 3, 0)).toBe(5);
  expect(latency.estimateNs(0, 0, 0)).toBe(5);
  expect(latency.estimateNs(0, 33, 0)).toBe(1000);
});

test('without answers it falls to 1/e in 10 s, and stands again with the next one', () => {
  const latency = new LatencyByLoad();
  latency.reserve(2);
  latency.add(1, 0, 600, 0);
  expect(latency.estimateNs(1, 0, 10e9)).toBeCloseTo(600 / Math.E, 9);
  expect(latency.estimateNs(1, 0, 30e9)).toBeCloseTo(600 / Math.E ** 3, 9);
  latency.add(1, 0, 600, 30e9);
  expect(latency.estimateNs(1, 0, 30e9)).toBe(600);
});

describe('the policy', () => {
  test('asks the prober, three backends a pick, and uses what comes back', () => {
    const probed: number[] = [];
    const clock = { nowNs: 0 };
    const policy = policies
      .find(({ name }) => name === 'prequal')!
      .create(
        { removals: 0 },
        { random: seedrandom.alea('prequal'), loadProber: { probe: (b) => void probed.push(b) } },
      );
    const balancer = createBalancer({ policy, clock });
    for (let i = 0; i < 100; i++) balancer.add({ id: `${i}` });
    for (let pick = 0; pick < 10; pick++) balancer.pick(0, 0);
    expect(probed).toHaveLength(30);
    for (let pick = 0; pick < 10; pick++) {
      expect(new Set(probed.slice(3 * pick, 3 * pick + 3)).size).toBe(3);
    }
    const answer = (backend: number, requestsInFlight: number, ms: number) =>
      balancer.report(backend as BackendIndex, { requestsInFlight, latencyNs: ms * 1e6 });
    answer(7, 1, 30);
    answer(8, 9, 1);
    answer(9, 1, 20);
    answer(10, 2, 90);
    // θ is the greatest of four loads at 0.84: all are cold, and 8 is the fastest.
    expect(balancer.pick(0, 0)).toBe(8);
    // Answers older than 1 s are gone: random again.
    clock.nowNs = 1.5e9;
    const picks = new Set(Array.from({ length: 40 }, () => balancer.pick(0, 0)));
    expect(picks.size).toBeGreaterThan(20);
  });

  test('without a prober it learns by itself: a slow backend of ten gets little', () => {
    const clock = { nowNs: 0 };
    const policy = policies
      .find(({ name }) => name === 'prequal')!
      .create({}, { random: seedrandom.alea('own') });
    const balancer = createBalancer({ policy, clock });
    for (let i = 0; i < 10; i++) balancer.add({ id: `${i}` });
    const ends: { atNs: number; backend: BackendIndex }[] = [];
    const counts = Array.from({ length: 10 }, () => 0);
    for (let request = 0; request < 20_000; request++) {
      clock.nowNs = request * 1e6;
      for (let i = ends.length - 1; i >= 0; i--) {
        if (ends[i]!.atNs > clock.nowNs) continue;
        balancer.finish(ends[i]!.backend, 'success', ends[i]!.backend === 0 ? 50e6 : 5e6);
        ends.splice(i, 1);
      }
      const backend = balancer.pick(0, 0);
      counts[backend]!++;
      balancer.start(backend);
      ends.push({ atNs: clock.nowNs + (backend === 0 ? 50e6 : 5e6), backend });
    }
    expect(counts[0]! / 20_000).toBeLessThan(0.02);
    expect(Math.max(...counts) / 20_000).toBeLessThan(0.16);
  });

  test('a backend that was slow once is tried again, unless estimates never age', () => {
    const laterPicksOf = (options: object): number => {
      const clock = { nowNs: 0 };
      const random = seedrandom.alea('unlucky');
      const policy = policies.find(({ name }) => name === 'prequal')!.create(options, { random });
      const balancer = createBalancer({ policy, clock });
      for (let i = 0; i < 4; i++) balancer.add({ id: `${i}` });
      let laterCount = 0;
      for (let request = 0; request < 6000; request++) {
        clock.nowNs = request * 10e6;
        const backend = balancer.pick(0, 0);
        // The first is slow in the first second of sixty.
        const latencyNs = backend === 0 && request < 100 ? 30e6 : 5e6;
        balancer.start(backend);
        balancer.finish(backend, 'success', latencyNs);
        if (backend === 0 && request > 3000) laterCount++;
      }
      return laterCount;
    };
    // A pick at random now and then, while the pool has run dry, may reach it as well.
    expect(laterPicksOf({ latency_decay: '104d' })).toBeLessThan(10);
    expect(laterPicksOf({})).toBeGreaterThan(300);
  });
});
