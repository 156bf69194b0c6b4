import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  chooseZone,
  choosePriority,
  createBalancer,
  divideByPriority,
  localityWeight,
  NO_BACKEND,
  policies,
  PriorityPolicy,
  routeByZone,
  ZonePolicy,
  zoneShares,
  type BackendIndex,
} from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

interface Case {
  readonly test: string;
  readonly panic_threshold?: number;
  readonly priorities: {
    hosts: number;
    healthy: number;
    degraded?: number;
    excluded?: number;
    opf?: number;
    weights?: { healthy: number; degraded?: number; total: number };
  }[];
  readonly healthy_load: number[];
  readonly degraded_load?: number[];
  readonly panic?: boolean[];
}

const { cases } = readVectors<{ cases: Case[] }>('balancing/lb-priority-panic-envoy.json');
const clock = { nowNs: 0 };
const makeRoundRobin = () =>
  policies.find(({ name }) => name === 'round-robin')!.create({}, { random: () => 0 });

describe('priorities', () => {
  test('stand around layers that divide the pool, not within them', () => {
    const within = () =>
      new PriorityPolicy({
        priorityOf: () => 0,
        makePolicy: makeRoundRobin,
        random: () => 0,
      });
    const policy = new ZonePolicy({
      zoneOf: () => 0,
      ownZone: 0,
      clientCounts: [1],
      makePolicy: within,
      random: () => 0,
    });
    const balancer = createBalancer({ policy, clock });
    balancer.add({ id: 'a' });
    expect(() => balancer.pick(0, 0)).toThrow('priorities need the whole pool');
  });

  test.each(cases)('Envoy: $test', (row) => {
    const load = divideByPriority(
      row.priorities.map(({ hosts, healthy, degraded = 0, excluded = 0, opf = 140, weights }) => ({
        hostCount: hosts,
        healthyCount: healthy,
        degradedCount: degraded,
        excludedCount: excluded,
        overprovisioning: opf,
        ...(weights === undefined ? {} : { weights: { degraded: 0, ...weights } }),
      })),
      row.panic_threshold ?? 50,
    );
    expect(load.healthyPercent).toEqual(row.healthy_load);
    if (row.degraded_load !== undefined) expect(load.degradedPercent).toEqual(row.degraded_load);
    if (row.panic !== undefined) expect(load.isPanicking).toEqual(row.panic);
  });

  test('the draw: 70/30, and degraded hosts last', () => {
    const load = { healthyPercent: [70, 20], degradedPercent: [0, 10], isPanicking: [] };
    const drawn = [0, 69, 70, 71, 89, 90, 99, 169].map((draw) => choosePriority(load, draw));
    expect(drawn).toEqual([0, 0, 2, 2, 2, 3, 3, 0]);
  });

  test('the policy: half of priority 0 lost sends 30 % on; a third well is panic', () => {
    const priorityOf = (backend: BackendIndex) => (backend < 6 ? 0 : 1);
    const random = seedrandom.alea('priorities');
    const policy = new PriorityPolicy({ priorityOf, makePolicy: makeRoundRobin, random });
    const balancer = createBalancer({ policy, clock });
    expect(balancer.pick(0, 0)).toBe(NO_BACKEND);
    for (let i = 0; i < 12; i++) balancer.add({ id: `${i}` });
    const pickMany = () => Array.from({ length: 6000 }, () => balancer.pick(0, 0));
    expect(pickMany().every((backend) => backend < 6)).toBe(true);
    for (let i = 0; i < 3; i++) balancer.pool.setHealthy(i as BackendIndex, false);
    const picks = pickMany();
    expect(policy.load.healthyPercent).toEqual([70, 30]);
    expect(picks.every((backend) => backend >= 3)).toBe(true);
    // Standard error √(0.7 · 0.3 ÷ 6000) = 0.6 %.
    const first = picks.filter((backend) => backend < 6).length / picks.length;
    expect(Math.abs(first - 0.7)).toBeLessThan(0.024);
  });

  test('MaxUnhealthyPanic: 2 of 6 well: all in turn; 4 of 6: only those', () => {
    const policy = new PriorityPolicy({
      priorityOf: () => 0,
      makePolicy: makeRoundRobin,
      random: () => 0,
    });
    const balancer = createBalancer({ policy, clock });
    for (let i = 0; i < 6; i++) {
      balancer.pool.setHealthy(balancer.add({ id: `${i}` }), i < 2);
    }
    const turn = (count: number) => Array.from({ length: count }, () => balancer.pick(0, 0));
    expect(turn(6)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const i of [2, 3]) balancer.pool.setHealthy(i as BackendIndex, true);
    expect(turn(4).toSorted()).toEqual([0, 1, 2, 3]);
  });
});

describe('zones', () => {
  const { example } = readVectors<{
    example: {
      local_percent: number[];
      upstream_percent: number[];
      local_percent_to_route_of_10000: number;
      residual_cumulative: number[];
    };
  }>('balancing/lb-zone-aware-envoy.json');
  const routing = routeByZone({
    clientShares: example.local_percent,
    backendShares: example.upstream_percent,
    ownZone: 0,
  });

  test("the example of Envoy's source", () => {
    expect(routing.localShare).toBe(example.local_percent_to_route_of_10000);
    expect(routing.residual).toEqual(example.residual_cumulative);
    // 62.5 % stay; the rest 1000 : 500.
    const random = seedrandom.alea('zones');
    const counts = [0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[chooseZone(routing, 0, random)]!++;
    const shares = counts.map((count) => count / 40_000);
    for (const [zone, share] of [0.625, 0.25, 0.125].entries()) {
      expect(Math.abs(shares[zone]! - share)).toBeLessThan(0.01);
    }
  });

  test('enough backends of its own keep everything; none at all send everything away', () => {
    const own = { clientShares: [4000, 6000], backendShares: [4000, 6000], ownZone: 0 };
    expect(routeByZone(own).localShare).toBe(10_000);
    const none = { clientShares: [5000, 5000], backendShares: [0, 10_000], ownZone: 0 };
    expect(routeByZone(none).localShare).toBe(0);
    expect(zoneShares([1, 2])).toEqual([3333, 6666]);
  });

  test('the policy ignores zones below six backends', () => {
    const random = seedrandom.alea('zone policy');
    const make = (count: number) => {
      const policy = new ZonePolicy({
        zoneOf: (backend) => backend % 2,
        ownZone: 1,
        clientCounts: [3, 3],
        makePolicy: makeRoundRobin,
        random,
      });
      const balancer = createBalancer({ policy, clock });
      for (let i = 0; i < count; i++) balancer.add({ id: `${i}` });
      return new Set(Array.from({ length: 50 }, () => balancer.pick(0, 0)));
    };
    expect(make(4)).toEqual(new Set([0, 1, 2, 3]));
    expect(make(6)).toEqual(new Set([1, 3, 5]));
  });

  test('locality weights shrink below 1 ÷ 1.4 of the hosts', () => {
    expect(localityWeight(10, 8, 10)).toBe(10);
    expect(localityWeight(10, 5, 10)).toBeCloseTo(7, 12);
    expect(localityWeight(10, 0, 0)).toBe(0);
  });
});
