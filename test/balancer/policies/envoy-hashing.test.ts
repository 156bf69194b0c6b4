import { describe, expect, test } from 'vitest';
import { Mt19937 } from '../../../balancer/draws/mt19937.ts';
import {
  envoyScore,
  FAST_LOG_ERROR,
  fastLog2,
  xorshiftStar,
} from '../../../balancer/hashes/envoy-score.ts';
import { hash64 } from '../../../balancer/hashes/xxhash.ts';
import {
  createBalancer,
  NO_BACKEND,
  policies,
  type BackendIndex,
  type Policy,
} from '../../../balancer/index.ts';
import { EnvoyBoundedLoad, envoySlots } from '../../../balancer/layers/envoy-bounded-load.ts';
import { haproxySlots } from '../../../balancer/rings/load-limit.ts';
import { readVectors } from '../read-vectors.ts';

const MASK_64 = (1n << 64n) - 1n;
const words = (word: bigint) => [Number(word >> 32n) | 0, Number(word & 0xffffffffn) | 0] as const;

describe('rendezvous, executed', () => {
  const vectors = readVectors<{
    hosts: string[];
    fastLog2: { x: number; y: number }[];
    xorshiftMult64: { x: string; y: string }[];
    computeScore: { key: string; host_hash: string; weight: number; score: number }[];
    picks_equal: number[];
    picks_equal_attempt_1: number[];
    picks_weights_1_2_3_first_three_hosts: number[];
    counts_60000_keys_weights_1_2_3: number[];
  }>('balancing/ch-rendezvous-envoy.json');
  const hostHashes = vectors.hosts.map((host) => words(hash64(host)));
  const pick = (hash: bigint, weights: readonly number[]) => {
    const scores = weights.map((w, i) => envoyScore(...words(hash), ...hostHashes[i]!, w));
    return scores.indexOf(Math.max(...scores));
  };
  const keyOf = (i: number) => (BigInt(i) * 0x9e3779b97f4a7c15n) & MASK_64;
  const keys = Array.from({ length: 64 }, (_, i) => keyOf(i));

  test('logarithm, mixing and scores, bit for bit', () => {
    for (const { x, y } of vectors.fastLog2) expect(fastLog2(x)).toBe(y);
    for (const { x, y } of vectors.xorshiftMult64) {
      const lower53 = Number(BigInt(y) & ((1n << 53n) - 1n)) / 2 ** 53;
      expect(xorshiftStar(...words(BigInt(x)))).toBe(lower53);
    }
    for (const { key, host_hash, weight, score } of vectors.computeScore) {
      const got = envoyScore(...words(BigInt(key)), ...words(BigInt(host_hash)), weight);
      expect(got).toBe(score);
    }
  });

  test('picks, retries and counts', () => {
    const equal = vectors.hosts.map(() => 1);
    expect(keys.map((key) => pick(key, equal))).toEqual(vectors.picks_equal);
    const retried = keys.map((key) => pick(key ^ MASK_64, equal));
    expect(retried).toEqual(vectors.picks_equal_attempt_1);
    const weighted = keys.map((key) => pick(key, [1, 2, 3]));
    expect(weighted).toEqual(vectors.picks_weights_1_2_3_first_three_hosts);
    const counts = [0, 0, 0];
    for (let i = 0; i < 60_000; i++) counts[pick(keyOf(i), [1, 2, 3])]!++;
    expect(counts).toEqual(vectors.counts_60000_keys_weights_1_2_3);
  });
});

test.each(
  readVectors<{
    cases: { seed: number; first8: number[]; envoy_shuffle: Record<string, number[]> }[];
  }>('balancing/hash-mt19937-shuffle.json').cases,
)('mt19937 and the shuffle of seed $seed', ({ seed, first8, envoy_shuffle }) => {
  const generator = new Mt19937(seed);
  expect(first8.map(() => generator.next())).toEqual(first8);
  for (const [count, expected] of Object.entries(envoy_shuffle)) {
    generator.reseed(seed);
    const order = expected.map((_, i) => i);
    for (let i = 0; i < order.length; i++) {
      const j = i + generator.below(Number(count) - i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    expect(order).toEqual(expected);
  }
});

describe('bounded loads', () => {
  const vectors = readVectors<{
    envoy: {
      outcomes: {
        test: string;
        hosts: number;
        hash: number;
        overloaded?: number[];
        overload_factors?: Record<string, number>;
        picked: number;
      }[];
      slots: { active: number; factor: number; weights: number[]; slots: number[] }[];
    };
    haproxy: { slots: { served: number; factor: number; weights: number[]; slots: number[] }[] };
  }>('balancing/ch-bounded-load.json');

  test('slots of Envoy and of HAProxy', () => {
    for (const { active, factor, weights, slots } of vectors.envoy.slots) {
      expect(weights.map((weight) => envoySlots(active, factor, weight))).toEqual(slots);
    }
    for (const { served, factor, weights, slots } of vectors.haproxy.slots) {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      let before = 0;
      const got = weights.map((weight) => {
        const slotCount = haproxySlots(served, factor, weight, before, total);
        before += weight;
        return slotCount;
      });
      expect(got).toEqual(slots);
    }
  });

  test.each(vectors.envoy.outcomes)('Envoy: $test, hash $hash', (row) => {
    const first = row.overloaded?.includes(row.hash % row.hosts) ? row.hash % row.hosts : undefined;
    const inner: Policy = {
      rebuild: () => {},
      pick: () => (first ?? row.overloaded?.[0] ?? 0) as BackendIndex,
    };
    const balancer = createBalancer({
      // At half of the load in slots, all are over.
      policy: new EnvoyBoundedLoad(inner, row.overload_factors ? 50 : 100),
      clock: { nowNs: 0 },
    });
    for (let i = 0; i < row.hosts; i++) balancer.add({ id: `${i}` });
    const factors = row.overload_factors;
    // Requests in flight in the ratio of the factors, or 10 against 0.
    for (let i = 0; i < row.hosts; i++) {
      const requests = factors
        ? Math.round(factors[i]! * 1000)
        : row.overloaded!.includes(i)
          ? 10
          : 0;
      for (let n = 0; n < requests; n++) balancer.start(i as BackendIndex);
    }
    expect(balancer.pick(row.hash, 0)).toBe(row.picked);
  });

  test.each([
    ['ring-haproxy', { hash_balance_factor: 125 }],
    ['ring-hash', { hash_balance_factor: 125 }],
    ['maglev', { hash_balance_factor: 125, table_size: 1031 }],
    ['rendezvous-envoy', { hash_balance_factor: 125 }],
  ])('%s: one hot key, 400 requests on 10 backends, at most 50 and one more', (name, options) => {
    const definition = policies.find((policy) => policy.name === name)!;
    const policy = definition.create(options, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
    for (let i = 0; i < 10; i++) balancer.add({ id: `${i}` });
    for (let i = 0; i < 400; i++) {
      const backend = balancer.pick(12_345, 0);
      expect(backend).not.toBe(NO_BACKEND);
      balancer.start(backend);
    }
    const most = Math.max(
      ...Array.from({ length: 10 }, (_, i) => balancer.pool.inFlight(i as BackendIndex)),
    );
    expect(most).toBeGreaterThan(45);
    expect(most).toBeLessThanOrEqual(51);
  });
});

test('the error of the fast logarithm is as its source says, so that bounds by it hold', () => {
  for (let i = 1; i < 100_000; i++) {
    const exact = Math.log2(i / 100_000);
    expect(Math.abs(fastLog2(i / 100_000) / exact - 1)).toBeLessThan(FAST_LOG_ERROR);
  }
});

test('the policy takes the greatest score of all, whatever its weights', () => {
  const definition = policies.find(({ name }) => name === 'rendezvous-envoy')!;
  const ids = Array.from({ length: 40 }, (_, i) => `host-${i}`);
  const weightOf = [() => 1, (i: number) => 1 + (i % 7), (i: number) => 0.01 * (i + 1)];
  for (const weight of weightOf) {
    const policy = definition.create({}, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
    ids.forEach((id, i) => balancer.add({ id, weight: weight(i) }));
    const hosts = ids.map((id) => words(hash64(id)));
    for (let key = 0; key < 2000; key++) {
      const hash = hash64(`key-${key}`);
      const scores = hosts.map((host, i) => envoyScore(...words(hash), ...host, weight(i)));
      const picked = balancer.pickWords(Number(hash >> 32n), Number(hash & 0xffffffffn), 0);
      expect(picked).toBe(scores.indexOf(Math.max(...scores)));
    }
  }
});
