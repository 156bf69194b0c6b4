import { describe, expect, test } from 'vitest';
import { policies } from '../../balancer/index.ts';
import { buildMaglevTable } from '../../balancer/maglev-table.ts';
import { readVectors } from './read-vectors.ts';

interface MaglevVectors {
  readonly tables: readonly {
    readonly test: string;
    readonly M: number;
    readonly keys: readonly string[];
    readonly weights: readonly number[];
    readonly table: readonly number[];
  }[];
}

const { tables } = readVectors<MaglevVectors>('balancing/ch-maglev-envoy.json');

describe('the tables of Envoy’s own tests', () => {
  test.each(tables)('$test, $M slots', ({ M, keys, weights, table }) => {
    const entries = keys.map((id, owner) => ({ id, owner, weight: weights[owner]! }));
    expect([...buildMaglevTable(entries, M)]).toEqual(table);
    // The order in which backends joined does not matter.
    expect([...buildMaglevTable(entries.toReversed(), M)]).toEqual(table);
  });
});

// 100 backends, 65537 slots: the paper bounds the imbalance at 1 % when M > 100 n.
test('fills evenly: within 1 % of 655.37 slots each', () => {
  const entries = Array.from({ length: 100 }, (_, owner) => ({
    id: `b${owner}`,
    owner,
    weight: 1,
  }));
  const counts = Array.from({ length: 100 }, () => 0);
  for (const owner of buildMaglevTable(entries, 65_537)) counts[owner]!++;
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(655);
  expect(Math.max(...counts)).toBeLessThanOrEqual(656);
});

test('refuses more backends than slots and sizes that are no primes', () => {
  const entries = [1, 2, 3, 4].map((owner) => ({ id: `b${owner}`, owner, weight: 1 }));
  expect(() => buildMaglevTable(entries, 3)).toThrow('do not fit');
  const maglev = policies.find(({ name }) => name === 'maglev')!;
  expect(() => maglev.create({ table_size: 8 }, { random: () => 0 })).toThrow('prime');
});
