import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  hash32,
  mix32,
  policies,
  type BackendIndex,
} from '../../../balancer/index.ts';
import { loadCapacity } from '../../../balancer/rings/load-limit.ts';
import { readVectors } from '../read-vectors.ts';

test('capacities of Envoy’s formula', () => {
  const { envoy } = readVectors<{
    envoy: { slots: { active: number; factor: number; weights: number[]; slots: number[] }[] };
  }>('balancing/ch-bounded-load.json');
  for (const { active, factor, weights, slots } of envoy.slots) {
    const capacities = weights.map((share) => loadCapacity(factor / 100, active, share));
    expect(capacities).toEqual(slots);
  }
});

const CASES = ['ring-hash', 'maglev'].flatMap((name) =>
  [1.1, 1.25, 2].map((bound) => ({ name, bound })),
);

describe.each(CASES)('$name with load_bound $bound', ({ name, bound }) => {
  const WEIGHTS = [1, 1, 2, 4, 1, 1, 3, 1];
  const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

  function balancerOf(options: object) {
    const definition = policies.find((policy) => policy.name === name)!;
    const policy = definition.create(options, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
    WEIGHTS.forEach((weight, i) => balancer.add({ id: `b${i}`, weight }));
    return balancer;
  }

  test('nobody ever takes a request beyond its capacity, though one key has 30 % of them', () => {
    const balancer = balancerOf({ load_bound: bound });
    const random = seedrandom.alea('load');
    const inFlight: BackendIndex[] = [];
    let beyond = 0;
    for (let request = 0; request < 20_000; request++) {
      const key = random() < 0.3 ? hash32('hot') : mix32(request, 5);
      const capacityOf = (b: BackendIndex) =>
        loadCapacity(bound, inFlight.length, WEIGHTS[b]! / TOTAL);
      const backend = balancer.pick(key, 0);
      if (balancer.pool.inFlight(backend) >= capacityOf(backend)) beyond++;
      balancer.start(backend);
      inFlight.push(backend);
      while (inFlight.length > 10 && random() < 0.51) {
        const [ended] = inFlight.splice(Math.floor(random() * inFlight.length), 1);
        balancer.finish(ended!, 'success', 0);
      }
    }
    expect(beyond).toBe(0);
  });

  test('idle, it maps keys as without a bound; a full owner passes to the next attempt', () => {
    const bounded = balancerOf({ load_bound: bound });
    const plain = balancerOf({});
    const key = hash32('hot');
    expect(bounded.pick(key, 0)).toBe(plain.pick(key, 0));
    // 20 requests of one key: they fill its owner, then the owner of its first retry, and so on.
    const order: number[] = [];
    for (let request = 0; request < 20; request++) {
      const backend = bounded.pick(key, 0);
      if (!order.includes(backend)) order.push(backend);
      bounded.start(backend);
    }
    expect(order.length).toBeGreaterThan(1);
    const attempts = order.map((_, attempt) => plain.pick(key, attempt));
    expect(order).toEqual(attempts);
  });
});
