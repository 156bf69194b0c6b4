import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  policies,
  type Balancer,
  type BackendIndex,
  type RandomSource,
} from '../../../balancer/index.ts';
import { power } from '../../../balancer/numbers/power.ts';
import { EdfScheduler } from '../../../balancer/turns/edf-scheduler.ts';
import { StaticStride } from '../../../balancer/turns/static-stride.ts';
import { readVectors } from '../read-vectors.ts';

interface Sequence {
  readonly weights: number[];
  readonly picks: number[];
}

const clock = { nowNs: 0 };

function balancerOf(
  name: string,
  options: unknown,
  weights: readonly number[],
  random: RandomSource = () => 0,
): Balancer {
  const definition = policies.find((policy) => policy.name === name)!;
  const balancer = createBalancer({ policy: definition.create(options, { random }), clock });
  weights.forEach((weight, i) => balancer.add({ id: `${i}`, weight }));
  return balancer;
}

function pickTimes(balancer: Balancer, count: number): number[] {
  return Array.from({ length: count }, () => balancer.pick(0, 0));
}

function setWeights(balancer: Balancer, weights: readonly number[]): void {
  weights.forEach((weight, i) => balancer.pool.setWeight(i as BackendIndex, weight));
}

/** Starts or finishes requests until each backend has so many. */
function setActive(balancer: Balancer, active: readonly number[]): void {
  active.forEach((wanted, i) => {
    const backend = i as BackendIndex;
    while (balancer.pool.inFlight(backend) < wanted) balancer.start(backend);
    while (balancer.pool.inFlight(backend) > wanted) balancer.finish(backend, 'success', 1);
  });
}

describe('HAProxy, executed', () => {
  const vectors = readVectors<{ roundrobin: Sequence[]; static_rr: Sequence[] }>(
    'balancing/lb-wrr-haproxy.json',
  );
  test.each(vectors.roundrobin)('roundrobin $weights', ({ weights, picks }) => {
    expect(pickTimes(balancerOf('wrr-haproxy', {}, weights), picks.length)).toEqual(picks);
  });
  test.each(vectors.static_rr)('static-rr $weights', ({ weights, picks }) => {
    expect(pickTimes(balancerOf('static-rr-haproxy', {}, weights), picks.length)).toEqual(picks);
  });

  test('roundrobin: shares follow a weight that changes on the way, and a newcomer fits in', () => {
    const balancer = balancerOf('wrr-haproxy', {}, [1, 1]);
    pickTimes(balancer, 101);
    balancer.pool.setWeight(0 as BackendIndex, 3);
    const counts = [0, 0, 0];
    for (const backend of pickTimes(balancer, 400)) counts[backend]!++;
    expect(Math.abs(counts[0]! - 300)).toBeLessThanOrEqual(4);
    balancer.add({ id: 'new', weight: 4 });
    counts.fill(0);
    for (const backend of pickTimes(balancer, 800)) counts[backend]!++;
    expect(Math.abs(counts[2]! - 400)).toBeLessThanOrEqual(8);
    expect(Math.abs(counts[1]! - 100)).toBeLessThanOrEqual(8);
  });
});

describe('Envoy, from its tests', () => {
  const vectors = readVectors<{
    round_robin: (Sequence & {
      test: string;
      then_weights?: number[];
      then_picks?: number[];
      first_pick_counts?: number[];
    })[];
    least_request: (Sequence & {
      test: string;
      active?: number[];
      then_active?: number[];
      then_picks?: number[];
      finally_active?: number[];
      finally_picks?: number[];
    })[];
  }>('balancing/lb-edf-envoy.json');
  const find = <T extends { test: string }>(list: readonly T[], name: string) =>
    list.find((entry) => entry.test.startsWith(name))!;
  const fromStart = { spread_start: false };

  test('round robin: weights, live change, a rebuild with one more', () => {
    const first = find(vectors.round_robin, 'Weighted');
    const balancer = balancerOf('wrr-envoy', fromStart, first.weights);
    expect(pickTimes(balancer, first.picks.length)).toEqual(first.picks);
    setWeights(balancer, first.then_weights!);
    expect(pickTimes(balancer, first.then_picks!.length)).toEqual(first.then_picks);
    const added = find(vectors.round_robin, 'Weighted (host');
    balancer.add({ id: 'added', weight: 3 });
    expect(pickTimes(balancer, added.picks.length)).toEqual(added.picks);
  });

  test('round robin: early picks', () => {
    const seeded = find(vectors.round_robin, 'WeightedSeed');
    // 2⁻³² · 2³² = one early pick.
    const balancer = balancerOf('wrr-envoy', {}, seeded.weights, () => 2 ** -32);
    expect(pickTimes(balancer, seeded.picks.length)).toEqual(seeded.picks);
    const all = find(vectors.round_robin, 'WeightedInitialization');
    const counts = [0, 0, 0];
    for (let early = 0; early < 10; early++) {
      counts[balancerOf('wrr-envoy', {}, all.weights, () => early / 2 ** 32).pick(0, 0)]!++;
    }
    expect(counts).toEqual(all.first_pick_counts);
  });

  test('least request: the load counts when a backend is put back', () => {
    const row = find(vectors.least_request, 'WeightImbalance');
    const balancer = balancerOf('least-request-envoy', fromStart, row.weights);
    expect(pickTimes(balancer, row.picks.length)).toEqual(row.picks);
    setActive(balancer, row.then_active!);
    expect(pickTimes(balancer, row.then_picks!.length)).toEqual(row.then_picks);
    setActive(balancer, row.finally_active!);
    expect(pickTimes(balancer, row.finally_picks!.length)).toEqual(row.finally_picks);
  });

  test('least request: bias 0 is round robin', () => {
    const row = find(vectors.least_request, 'WeightImbalanceWithCustom');
    const balancer = balancerOf('least-request-envoy', { ...fromStart, bias: 0 }, row.weights);
    setActive(balancer, row.active!);
    expect(pickTimes(balancer, row.picks.length)).toEqual(row.picks);
  });

  test('least request: of five draws the least loaded', () => {
    const draws = [3, 0, 3, 2, 1];
    let drawn = -1;
    // The first number of all is where the schedule begins.
    const random = () => (drawn < 0 ? ((drawn = 0), 0) : (draws[drawn++]! + 0.5) / 4);
    const balancer = balancerOf('least-request-envoy', { choices: 5 }, [1, 1, 1, 1], random);
    setActive(balancer, [4, 3, 2, 1]);
    expect(balancer.pick(0, 0)).toBe(3);
    expect(drawn).toBe(5);
    const scan = balancerOf('least-request-envoy', { full_scan: true }, [1, 1, 1]);
    setActive(scan, [2, 1, 2]);
    expect(scan.pick(0, 0)).toBe(1);
  });

  test('least request: an explicit bias counts with equal weights: 300 picks, 200 ± 2 idle', () => {
    const options = { ...fromStart, bias: 1 };
    const balancer = balancerOf('least-request-envoy', options, [1, 1]);
    setActive(balancer, [1, 0]);
    const idle = pickTimes(balancer, 300).filter((backend) => backend === 1).length;
    expect(Math.abs(idle - 200)).toBeLessThanOrEqual(2);
  });

  test('slow start under least request: factors (0.7, 0.8)^(1 ÷ 0.9)', () => {
    const row = find(vectors.least_request, 'SlowStartWithActiveHC');
    const elapsed = [0.7, 0.8];
    const active = [1, 0];
    const weightOf = (backend: number) =>
      power(elapsed[backend]!, 1 / 0.9) / power(active[backend]! + 1, 0.9);
    const edf = new EdfScheduler();
    edf.rebuild(Int32Array.from([0, 1]), weightOf, 0);
    expect(row.picks.map(() => edf.pick(weightOf))).toEqual(row.picks);
  });
});

describe('gRPC', () => {
  const vectors = readVectors<{
    expectations: {
      weights: number[];
      picks?: number;
      counts?: number[];
      count_of_largest?: number;
      result?: string;
    }[];
    static_stride: {
      weights: number[];
      scaled_uint16: number[];
      picks_from_sequence_0: number[];
    }[];
    edf: Sequence[];
  }>('balancing/lb-wrr-grpc.json');
  const strideOf = (weights: number[], clamps: boolean) => {
    const stride = new StaticStride(0, clamps);
    stride.update(Float64Array.from(weights), weights.length);
    return stride;
  };

  test.each(vectors.expectations)('static stride $weights: expectations', (row) => {
    const stride = strideOf(row.weights, true);
    if (row.result !== undefined) {
      expect(stride.isPlain).toBe(true);
      return;
    }
    const counts = row.weights.map(() => 0);
    for (let pick = 0; pick < row.picks!; pick++) counts[stride.next()]!++;
    if (row.counts !== undefined) expect(counts).toEqual(row.counts);
    else expect(Math.max(...counts)).toBe(row.count_of_largest);
  });

  test.each(vectors.static_stride)('static stride $weights: sequence', (row) => {
    const stride = strideOf(row.weights, false);
    expect([...stride.scaled]).toEqual(row.scaled_uint16);
    expect(row.picks_from_sequence_0.map(() => stride.next())).toEqual(row.picks_from_sequence_0);
  });

  test.each(vectors.edf)('earliest deadline first of Go: $weights', ({ weights, picks }) => {
    const balancer = balancerOf('wrr-grpc', { scheduler: 'edf' }, weights);
    expect(pickTimes(balancer, picks.length)).toEqual(picks);
  });

  test('weights by utilisation: 10 queries a second at 100 % and at 10 % make 1 : 10', () => {
    const at = { nowNs: 0 };
    const definition = policies.find(({ name }) => name === 'wrr-utilisation-grpc')!;
    const policy = definition.create({}, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: at });
    for (const id of ['full', 'idle']) balancer.add({ id });
    const countFull = () => pickTimes(balancer, 1100).filter((backend) => backend === 0).length;
    const report = (nowS: number, errorsPerSecond = 0) => {
      at.nowNs = nowS * 1e9;
      [1, 0.1].forEach((utilisation, i) => {
        const load = { queriesPerSecond: 10, utilisation, errorsPerSecond: i * errorsPerSecond };
        balancer.report(i as BackendIndex, load);
      });
    };
    balancer.pick(0, 0);
    report(1);
    expect(countFull()).toBe(550);
    // After the blackout of 10 s.
    report(11);
    expect(Math.abs(countFull() - 100)).toBeLessThanOrEqual(1);
    // Errors of the idle one: 10 ÷ (0.1 + 9 ÷ 10 · 1) = 10 makes them equal.
    report(13, 9);
    expect(countFull()).toBe(550);
    // Too old: back to plain turns.
    report(20);
    at.nowNs = 200e9;
    expect(countFull()).toBe(550);
  });
});

describe('defects of the originals', () => {
  const letters = (picks: readonly number[]) => picks.map((pick) => 'ABC'[pick]).join('');
  const longestRun = (picks: readonly number[]) =>
    Math.max(
      ...letters(picks)
        .match(/A+|B+|C+/g)!
        .map((run) => run.length),
    );

  // The table of traefik#6205.
  test('11 and 3 by LVS’s and Traefik’s falling threshold: nine in a row', () => {
    const naive = pickTimes(balancerOf('wrr-lvs', {}, [11, 3]), 28);
    expect(letters(naive)).toBe('AAAAAAAAABABAB'.repeat(2));
    const edf = pickTimes(balancerOf('wrr-envoy', { spread_start: false }, [11, 3]), 14);
    expect(letters(edf)).toBe('AAABAAAABAAABA');
    const smooth = pickTimes(balancerOf('weighted-round-robin', {}, [11, 3]), 28);
    expect(longestRun(smooth)).toBe(4);
  });

  test('common divisors are taken out, and fractions are heeded', () => {
    const tens = pickTimes(balancerOf('wrr-lvs', {}, [110, 30]), 14);
    expect(letters(tens)).toBe('AAAAAAAAABABAB');
    const halves = pickTimes(balancerOf('wrr-lvs', {}, [1, 0.5]), 300);
    expect(halves.filter((pick) => pick === 0)).toHaveLength(200);
  });

  // The test that grpc-go#3793 asks for, and what it got.
  test('two equal weights by EDF alternate; with ties left to the heap they repeat', () => {
    const picksOf = (ties: string) =>
      letters(pickTimes(balancerOf('wrr-grpc', { scheduler: 'edf', ties }, [1, 1]), 10));
    expect(picksOf('in-order')).toBe('ABABABABAB');
    expect(picksOf('heap')).toBe('AABBAABBAA');
  });
});

test('join-idle-queue: who has been idle longest, else at random', () => {
  const balancer = balancerOf('join-idle-queue', {}, [1, 1, 1], () => 0.99);
  for (const expected of [0, 1, 2]) {
    const picked = balancer.pick(0, 0);
    expect(picked).toBe(expected);
    balancer.start(picked);
  }
  expect(balancer.pick(0, 0)).toBe(2);
  balancer.finish(1 as BackendIndex, 'success', 1);
  balancer.finish(0 as BackendIndex, 'success', 1);
  expect(pickTimes(balancer, 3)).toEqual([1, 0, 2]);
});
