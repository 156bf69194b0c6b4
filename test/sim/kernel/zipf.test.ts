import { expect, test } from 'vitest';
import { Stream } from '../../../sim/kernel/random.ts';
import { ZipfTable, ZipfTables } from '../../../sim/kernel/zipf.ts';

test.each([
  [0, 7],
  [0.8, 1000],
  [1, 1],
  [1.2, 10],
  [3, 50],
])('alpha %d over %d objects: the table holds the law exactly', (alpha, count) => {
  const table = new ZipfTable(alpha, count);
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) sum += rank ** -alpha;
  for (let rank = 0; rank < count; rank++) {
    expect(table.probability(rank)).toBeCloseTo((rank + 1) ** -alpha / sum, 12);
  }
});

test('a million objects: probabilities within 1e-9 of the greatest, ranks within range', () => {
  const count = 1e6;
  const table = new ZipfTable(0.9, count);
  let sum = 0;
  for (let rank = count; rank >= 1; rank--) sum += rank ** -0.9;
  for (const rank of [0, 1, 999, count - 1]) {
    // a probability may be off by 2^-32 of the average one a cell that names it
    expect(Math.abs(table.probability(rank) * sum - (rank + 1) ** -0.9)).toBeLessThan(1e-9);
  }
  expect(table.rank(2 ** -53)).toBeLessThan(count);
  expect(table.rank(1 - 2 ** -53)).toBeLessThan(count);
});

test('200,000 draws fit the law', () => {
  const table = new ZipfTable(1.2, 10);
  const stream = new Stream(1, 1, 2, 3);
  const counts = new Float64Array(10);
  for (let i = 0; i < 2e5; i++) counts[table.rank(stream.uniform())]!++;
  let chiSquare = 0;
  for (let rank = 0; rank < 10; rank++) {
    const expected = 2e5 * table.probability(rank);
    chiSquare += (counts[rank]! - expected) ** 2 / expected;
  }
  // nine degrees of freedom: 0.99999 quantile 39
  expect(chiSquare).toBeLessThan(39);
});

test('tables are shared by those who hold the same cache', () => {
  const tables = new ZipfTables();
  expect(tables.get(0.8, 100)).toBe(tables.get(0.8, 100));
  expect(tables.get(0.8, 100)).not.toBe(tables.get(0.9, 100));
});

test('nonsense is refused', () => {
  expect(() => new ZipfTable(-1, 10)).toThrow(RangeError);
  expect(() => new ZipfTable(1, 0)).toThrow(RangeError);
  expect(() => new ZipfTable(NaN, 10)).toThrow(RangeError);
});
