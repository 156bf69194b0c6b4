import { DDSketch } from '@datadog/sketches-js';
import { expect, test } from 'vitest';
import { createSampler } from '../../../sim/kernel/distributions.ts';
import { Stream } from '../../../sim/kernel/random.ts';
import { LogHistogram } from '../../../sim/metrics/log-histogram.ts';
import type { DistributionSpec } from '../../../sim/world.ts';

const quantiles = [0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

function draws(spec: DistributionSpec, count: number): Float64Array {
  const sampler = createSampler(spec);
  const stream = new Stream(8, 6, 4, 2);
  return Float64Array.from({ length: count }, () => Math.round(sampler.sample(stream)));
}

function histogramOf(values: Iterable<number>): LogHistogram {
  const histogram = new LogHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

test.each<DistributionSpec>([
  { law: 'exponential', mean: 20e6 },
  { law: 'lognormal', mu: 16, sigma: 2 },
  { law: 'pareto', alpha: 0.8, min: 1000, max: 1e14 },
])('%o: quantiles within 1/256 of the order statistics, the rest exact', (spec) => {
  const values = draws(spec, 50_000);
  const histogram = histogramOf(values);
  const sorted = values.toSorted();
  for (const q of quantiles) {
    const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!;
    expect(Math.abs(histogram.quantile(q) / exact - 1), `quantile ${q}`).toBeLessThanOrEqual(
      1 / 256,
    );
  }
  expect(histogram.count).toBe(50_000);
  expect(histogram.min).toBe(sorted[0]);
  expect(histogram.max).toBe(sorted.at(-1));
  expect(histogram.sum).toBe(values.reduce((sum, value) => sum + value, 0));
  expect(histogram.mean).toBe(histogram.sum / 50_000);
});

test('agrees with DDSketch within the sum of their errors', () => {
  const values = draws({ law: 'lognormal', mu: 16, sigma: 1 }, 50_000);
  const histogram = histogramOf(values);
  const sketch = new DDSketch({ relativeAccuracy: 0.005 });
  for (const value of values) sketch.accept(value);
  for (const q of [0.1, 0.5, 0.9, 0.99]) {
    const ratio = histogram.quantile(q) / sketch.getValueAtQuantile(q);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.005 + 1 / 256 + 0.001);
  }
});

test('counts values above a limit: exact at bucket edges, in proportion inside', () => {
  const histogram = histogramOf([0, 0.5, 1, 2, 1024, 1040, 5e9]);
  expect(histogram.countAbove(-1)).toBe(7);
  expect(histogram.countAbove(2)).toBeCloseTo(4, 0);
  expect(histogram.countAbove(1500)).toBe(1);
  expect(histogram.countAbove(5e9)).toBe(0);
  const many = histogramOf(draws({ law: 'exponential', mean: 20e6 }, 50_000));
  // P(X > 30e6) = e^-1.5 ; sd √(0.223·0.777/50000) = 0.0019
  expect(Math.abs(many.countAbove(30e6) / 50_000 - Math.exp(-1.5))).toBeLessThan(0.0019 * 4);
});

test('merged halves are the whole, and plain data is the histogram', () => {
  const values = draws({ law: 'lognormal', mu: 16, sigma: 3 }, 20_000);
  const whole = histogramOf(values);
  const merged = histogramOf(values.subarray(0, 5_000));
  merged.merge(histogramOf(values.subarray(5_000)));
  merged.merge(new LogHistogram());
  expect(merged.toData()).toEqual(whole.toData());
  const data = JSON.parse(JSON.stringify(whole.toData()));
  expect(LogHistogram.fromData(data).toData()).toEqual(whole.toData());
});

test('empty: no values, no quantiles', () => {
  const histogram = new LogHistogram();
  expect(histogram.count).toBe(0);
  for (const value of [histogram.mean, histogram.min, histogram.quantile(0.5)])
    expect(value).toBeNaN();
  expect(histogram.countAbove(0)).toBe(0);
  histogram.record(7);
  histogram.reset();
  expect(histogram.toData().buckets).toEqual([]);
  expect(LogHistogram.fromData(histogram.toData()).count).toBe(0);
});

test('what it cannot count is refused', () => {
  const histogram = new LogHistogram();
  for (const value of [NaN, -1, 2 ** 53, Infinity]) {
    expect(() => histogram.record(value), String(value)).toThrow(RangeError);
  }
  expect(histogram.count).toBe(0);
});
