import { describe, expect, test } from 'vitest';
import { HistogramRows } from '../../../sim/metrics/histogram-rows.ts';
import { latencyOverKey, quantileName } from '../../../sim/metrics/metric-keys.ts';

describe('HistogramRows', () => {
  test('no data has no quantile', () => {
    expect(new HistogramRows(2).gather([0, 1]).quantile(0.5)).toBeNull();
    expect(new HistogramRows(2).gather([]).total).toBe(0);
  });

  test('a quantile of a smooth law is within 0.1 %: 1 … 100,000 µs evenly', () => {
    const rows = new HistogramRows(1);
    for (let us = 1; us <= 100_000; us++) rows.count(0, rows.bucketOf(us * 1000));
    const sum = rows.gather([0]);
    for (const q of [0.01, 0.1, 0.5, 0.9, 0.99, 0.999]) {
      expect(Math.abs(sum.quantile(q, 1000, 1e8)! / (q * 1e8) - 1)).toBeLessThan(1e-3);
    }
  });

  test('whatever the value, its bucket is within 2^-6 of it', () => {
    const rows = new HistogramRows(1);
    for (let value = 64; value < 2 ** 45; value *= 1.007) {
      const one = new HistogramRows(1);
      one.count(0, rows.bucketOf(value));
      const middle = one.gather([0]).quantile(0.5)!;
      expect(Math.abs(middle / value - 1)).toBeLessThan(1 / 64);
    }
  });

  test('the extremes bound it, so that a constant stays what it is', () => {
    const rows = new HistogramRows(1);
    for (let i = 0; i < 10; i++) rows.count(0, rows.bucketOf(5_000_000));
    expect(rows.gather([0]).quantile(0.99, 5_000_000, 5_000_000)).toBe(5_000_000);
  });

  test('values below 64 ns and above 2^46 ns have buckets too', () => {
    const rows = new HistogramRows(1);
    expect(rows.bucketOf(0)).toBe(0);
    expect(rows.bucketOf(63.9)).toBe(0);
    expect(rows.bucketOf(64)).toBe(1);
    expect(rows.bucketOf(2 ** 46)).toBe(40 * 64);
    expect(rows.bucketOf(1e300)).toBe(40 * 64);
  });

  test('rows added up are the rows counted together', () => {
    const apart = new HistogramRows(2);
    const together = new HistogramRows(1);
    for (let i = 1; i <= 1000; i++) {
      apart.count(i % 2, apart.bucketOf(i * 997));
      together.count(0, together.bucketOf(i * 997));
    }
    for (const q of [0.1, 0.5, 0.99]) {
      expect(apart.gather([0, 1]).quantile(q)).toBe(together.gather([0]).quantile(q));
    }
  });
});

test('keys', () => {
  expect([0.5, 0.9, 0.99, 0.999, 0.75, 0.995, 0.05].map(quantileName)).toEqual([
    'p50',
    'p90',
    'p99',
    'p999',
    'p75',
    'p995',
    'p05',
  ]);
  expect([200e6, 1.5e9, 2e9, 250e3, 7].map(latencyOverKey)).toEqual([
    'latency_over_200ms_ratio',
    'latency_over_1500ms_ratio',
    'latency_over_2s_ratio',
    'latency_over_250us_ratio',
    'latency_over_7ns_ratio',
  ]);
});
