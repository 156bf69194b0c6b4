import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  policies,
  type BackendIndex,
  type Balancer,
} from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

interface WrrVectors {
  readonly sequences: readonly { readonly weights: number[]; readonly picks: number[] }[];
  readonly lua_resty_swrr_counts: { weights: number[]; picks: number; counts: number[] };
}

function balancerOf(name: string, weights: readonly number[]): Balancer {
  const definition = policies.find((policy) => policy.name === name)!;
  const policy = definition.create({}, { random: () => 0 });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  weights.forEach((weight, i) => balancer.add({ id: `b${i}`, weight }));
  return balancer;
}

const take = (balancer: Balancer, count: number) =>
  Array.from({ length: count }, () => balancer.pick(0, 0) as number);

describe('weighted-round-robin', () => {
  const vectors = readVectors<WrrVectors>('balancing/lb-wrr-nginx.json');
  test.each(vectors.sequences)('nginx 1.22 with weights $weights', ({ weights, picks }) => {
    expect(take(balancerOf('weighted-round-robin', weights), picks.length)).toEqual(picks);
  });

  test('exact shares over whole turns', () => {
    const { weights, picks, counts } = vectors.lua_resty_swrr_counts;
    const counted = weights.map(() => 0);
    for (const pick of take(balancerOf('weighted-round-robin', weights), picks)) counted[pick]!++;
    expect(counted).toEqual(counts);
  });
});

describe('round-robin', () => {
  test('in order of index, weights or not', () => {
    expect(take(balancerOf('round-robin', [5, 1, 1]), 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  test('a change neither restarts the turn nor skips anyone', () => {
    const balancer = balancerOf('round-robin', [1, 1, 1, 1]);
    expect(take(balancer, 2)).toEqual([0, 1]);
    balancer.pool.setHealthy(1 as BackendIndex, false);
    expect(take(balancer, 3)).toEqual([2, 3, 0]);
    balancer.pool.setHealthy(1 as BackendIndex, true);
    expect(take(balancer, 4)).toEqual([1, 2, 3, 0]);
  });
});
