import { describe, expect, test } from 'vitest';
import { createBalancer, hash32, mix32, policies, type Balancer } from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

interface HashingCase {
  readonly id: string;
  readonly inputs: { readonly n: number; readonly V: number };
  readonly expected: {
    cv_share: number;
    moved_on_add: number;
    E_max_share?: number;
    moved: number;
  };
}

const cases = new Map(
  readVectors<HashingCase[]>('queueing/hashing.json').map((each) => [each.id, each]),
);

function balancerOf(name: string, options: object, count: number, prefix = 'b'): Balancer {
  const definition = policies.find((policy) => policy.name === name)!;
  const policy = definition.create(options, { random: () => 0 });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < count; i++) balancer.add({ id: `${prefix}${i}` });
  return balancer;
}

const KEYS = Uint32Array.from({ length: 100_000 }, (_, key) => mix32(key, 99));

function shares(balancer: Balancer, count: number): number[] {
  const counts = Array.from({ length: count }, () => 0);
  for (const key of KEYS) counts[balancer.pick(key, 0)]!++;
  return counts.map((each) => each / KEYS.length);
}

/** Standard deviation of the shares about 1 ÷ n, relative to it. */
function variation(measured: readonly number[]): number {
  const n = measured.length;
  return Math.sqrt(measured.reduce((sum, share) => sum + (share * n - 1) ** 2, 0) / n);
}

describe('ring-hash: shares of a ring of random points (Dirichlet spacings)', () => {
  // Sampling noise of 100,000 keys adds n ÷ 100,000 to the squared variation.
  const withNoise = (cv: number, n: number) => Math.sqrt(cv * cv + n / KEYS.length);

  test.each([
    // The variation of one ring is itself known within about 1 ÷ √(2n): 10 rings of 50, 4 of 100.
    { id: 'ring-n50-V160', rings: 10, tolerance: 4 / Math.sqrt(2 * 50 * 10) },
    { id: 'ring-n100-V1000', rings: 4, tolerance: 4 / Math.sqrt(2 * 100 * 4) },
  ])('$id', ({ id, rings, tolerance }) => {
    const { inputs, expected } = cases.get(id)!;
    let squares = 0;
    for (let ring = 0; ring < rings; ring++) {
      const balancer = balancerOf('ring-hash', { vnodes: inputs.V }, inputs.n, `ring${ring}-`);
      squares += variation(shares(balancer, inputs.n)) ** 2;
    }
    const measured = Math.sqrt(squares / rings);
    expect(Math.abs(measured / withNoise(expected.cv_share, inputs.n) - 1)).toBeLessThan(tolerance);
  });

  // One point each: E[max share] = H_n ÷ n. Its s.d. is about 0.1; the mean of 200 rings has 0.008.
  test('ring-n10-V1: the greatest share', () => {
    const { inputs, expected } = cases.get('ring-n10-V1')!;
    let sum = 0;
    for (let ring = 0; ring < 200; ring++) {
      const balancer = balancerOf('ring-hash', { vnodes: 1 }, inputs.n, `single${ring}-`);
      const counts = Array.from({ length: inputs.n }, () => 0);
      for (const key of KEYS.subarray(0, 5000)) counts[balancer.pick(key, 0)]!++;
      sum += Math.max(...counts) / 5000;
    }
    expect(Math.abs(sum / 200 - expected.E_max_share!)).toBeLessThan(0.03);
  });
});

describe('keys that move when one backend joins n', () => {
  function movedOnAdd(balancer: Balancer): { all: number; between: number } {
    const before = Array.from(KEYS, (key) => balancer.pick(key, 0));
    const joined = balancer.add({ id: 'joined' });
    let all = 0;
    let between = 0;
    KEYS.forEach((key, i) => {
      const now = balancer.pick(key, 0);
      if (now === before[i]) return;
      all++;
      if (now !== joined) between++;
    });
    return { all: all / KEYS.length, between: between / KEYS.length };
  }

  // Binomial: s.e. √(p(1 − p) ÷ 100,000) = 0.09 %, four of them.
  test('rendezvous: 1 ÷ (n + 1), all of them to the new one', () => {
    const { expected } = cases.get('jump-10-to-11')!;
    const moved = movedOnAdd(balancerOf('rendezvous', {}, 10));
    expect(Math.abs(moved.all - expected.moved)).toBeLessThan(0.0036);
    expect(moved.between).toBe(0);
  });

  test('ring-hash with vnodes: 1 ÷ (n + 1) within the variation of one share', () => {
    const { inputs, expected } = cases.get('ring-n50-V160')!;
    const moved = movedOnAdd(balancerOf('ring-hash', { vnodes: inputs.V }, inputs.n));
    expect(Math.abs(moved.all / expected.moved_on_add - 1)).toBeLessThan(4 * expected.cv_share);
    expect(moved.between).toBe(0);
  });
});

describe('rendezvous with weights', () => {
  function weighted(weights: readonly number[]): Balancer {
    const balancer = balancerOf('rendezvous', {}, 0);
    weights.forEach((weight, i) => balancer.add({ id: `w${i}`, weight }));
    return balancer;
  }

  // s.e. √(¼ ÷ 100,000) = 0.16 % at most, four of them.
  test('shares are weight ÷ total', () => {
    const measured = shares(weighted([1, 2, 3]), 3);
    [1, 2, 3].forEach((weight, i) => {
      expect(Math.abs(measured[i]! - weight / 6)).toBeLessThan(0.0064);
    });
  });

  test('a heavier backend takes keys and gives none; nothing moves between the others', () => {
    const balancer = weighted([1, 2, 3, 4]);
    const before = Array.from(KEYS, (key) => balancer.pick(key, 0));
    const heavier = balancer.pool.find('w1');
    balancer.pool.setWeight(heavier, 3);
    KEYS.forEach((key, i) => {
      const now = balancer.pick(key, 0);
      if (now !== before[i]) expect(now).toBe(heavier);
    });
  });
});

test('rendezvous with weights takes the greatest of all scores', () => {
  const balancer = balancerOf('rendezvous', {}, 0);
  const weights = Array.from({ length: 60 }, (_, i) => [1, 0.01, 7, 300][i % 4]! * (1 + i));
  weights.forEach((weight, i) => balancer.add({ id: `w${i}`, weight }));
  for (const key of KEYS.subarray(0, 3000)) {
    const scores = weights.map((weight, i) => {
      const uniform = (mix32(key, hash32(`w${i}`)) + 0.5) / 2 ** 32;
      return -weight / Math.log(uniform);
    });
    expect(balancer.pick(key, 0)).toBe(scores.indexOf(Math.max(...scores)));
  }
});
