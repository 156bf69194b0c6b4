import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  DirectorPolicy,
  mix32,
  NO_BACKEND,
  type DirectorSpec,
} from '../../../balancer/index.ts';

function direct(spec: DirectorSpec, ids: readonly string[]) {
  const policy = new DirectorPolicy(spec, seedrandom.alea('directors'));
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (const id of ids) balancer.add({ id });
  const { pool } = balancer;
  return {
    setHealthy: (id: string, isHealthy: boolean) => pool.setHealthy(pool.find(id), isHealthy),
    pick: (key = 0, attempt = 0) => {
      const backend = balancer.pick(key, attempt);
      return backend === NO_BACKEND ? 'none' : pool.id(backend);
    },
    shares: (count: number) => {
      const picks = new Map<string, number>();
      for (let i = 0; i < count; i++) {
        const backend = balancer.pick(mix32(i, 3), 0);
        const id = backend === NO_BACKEND ? 'none' : pool.id(backend);
        picks.set(id, (picks.get(id) ?? 0) + 1 / count);
      }
      return picks;
    },
  };
}

const abc = ['a', 'b', 'c'];
const members = abc.map((backend) => ({ backend }));

describe('quorum', () => {
  test('50 % of three equal backends: the second loss loses all', () => {
    const director = direct({ type: 'random', members, quorum: 50 }, abc);
    director.setHealthy('a', false);
    expect(director.pick()).not.toBe('none');
    director.setHealthy('b', false);
    expect(director.pick()).toBe('none');
    const lenient = direct({ type: 'random', members }, abc);
    for (const id of ['a', 'b']) lenient.setHealthy(id, false);
    expect(lenient.pick()).toBe('c');
  });

  test('counts weight, not backends', () => {
    const weighted = [
      { backend: 'a', weight: 8 },
      { backend: 'b', weight: 1 },
      { backend: 'c', weight: 1 },
    ];
    const director = direct({ type: 'hash', members: weighted, quorum: 75 }, abc);
    for (const id of ['b', 'c']) director.setHealthy(id, false);
    expect(director.pick()).toBe('a');
    for (const id of abc) director.setHealthy(id, id !== 'a');
    expect(director.pick()).toBe('none');
  });
});

test.each(['random', 'hash', 'client'] as const)('%s follows weights', (type) => {
  const weighted = abc.map((backend, i) => ({ backend, weight: i + 1 }));
  const shares = direct({ type, members: weighted }, abc).shares(20_000);
  // Standard error at most √(¼ ÷ 20,000) = 0.35 %.
  abc.forEach((id, i) => expect(Math.abs(shares.get(id)! - (i + 1) / 6)).toBeLessThan(0.015));
});

test('fallback takes the first healthy one, and the next on a retry', () => {
  const director = direct({ type: 'fallback', members }, abc);
  expect([0, 1, 2, 3].map((attempt) => director.pick(0, attempt))).toEqual(['a', 'b', 'c', 'a']);
  director.setHealthy('a', false);
  expect(director.pick()).toBe('b');
});

test('chash: a key stays; who leaves leaves its keys only', () => {
  const director = direct({ type: 'chash', members }, abc);
  const keys = Array.from({ length: 3000 }, (_, i) => mix32(i, 5));
  const before = keys.map((key) => director.pick(key));
  director.setHealthy('b', false);
  const after = keys.map((key) => director.pick(key));
  const moved = before.filter((id, i) => id !== 'b' && after[i] !== id);
  expect(moved).toEqual([]);
  expect(after).not.toContain('b');
});

test('directors nest: a shield of two, and an origin behind it', () => {
  const spec: DirectorSpec = {
    type: 'fallback',
    members: [
      { type: 'hash', members: [{ backend: 'a' }, { backend: 'b' }], quorum: 60 },
      { backend: 'c' },
    ],
  };
  const director = direct(spec, abc);
  expect([...director.shares(500).keys()].toSorted()).toEqual(['a', 'b']);
  director.setHealthy('a', false);
  expect(director.pick()).toBe('c');
  director.setHealthy('c', false);
  expect(director.pick()).toBe('none');
  expect(() => new DirectorPolicy({ type: 'random', members: [] }, () => 0)).toThrow(/no members/);
});
