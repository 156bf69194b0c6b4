import { describe, expect, test } from 'vitest';
import { createSampler } from '../../../sim/kernel/distributions.ts';
import { meanOf, scvOf } from '../../../sim/kernel/moments.ts';
import { Stream } from '../../../sim/kernel/random.ts';
import type { DistributionSpec } from '../../../sim/world.ts';

interface Law {
  readonly spec: DistributionSpec;
  readonly mean: number;
  readonly scv: number;
  /** P(X ≤ x), written down from the definition with the engine's own functions. */
  readonly cdf?: (x: number) => number;
}

const erlangCdf = (stages: number, mean: number) => (x: number) => {
  const rate = (stages * x) / mean;
  let term = Math.exp(-rate);
  let tail = 0;
  for (let i = 0; i < stages; i++) {
    tail += term;
    term *= rate / (i + 1);
  }
  return 1 - tail;
};

/* Means and squared coefficients of variation from textbook formulas, as arithmetic. */
const laws: Law[] = [
  { spec: { law: 'constant', value: 3 }, mean: 3, scv: 0 },
  { spec: { law: 'exponential', mean: 2 }, mean: 2, scv: 1, cdf: (x) => -Math.expm1(-x / 2) },
  {
    spec: { law: 'lognormal', mu: 1, sigma: 0.5 },
    mean: Math.exp(1 + 0.125),
    scv: Math.exp(0.25) - 1,
  },
  {
    spec: { law: 'pareto', alpha: 5, min: 2 },
    mean: 2.5,
    scv: 1 / 15,
    cdf: (x) => 1 - (2 / x) ** 5,
  },
  {
    // α = 2 on [1, 10]: E = (2/0.99)(1 − 1/10), E² = (2/0.99) ln 10
    spec: { law: 'pareto', alpha: 2, min: 1, max: 10 },
    mean: (2 / 0.99) * 0.9,
    scv: ((2 / 0.99) * Math.log(10)) / ((2 / 0.99) * 0.9) ** 2 - 1,
    cdf: (x) => (1 - x ** -2) / 0.99,
  },
  {
    // α = 1: E = ln 10 / 0.9, E² = 9 / 0.9
    spec: { law: 'pareto', alpha: 1, min: 1, max: 10 },
    mean: Math.log(10) / 0.9,
    scv: 10 / (Math.log(10) / 0.9) ** 2 - 1,
    cdf: (x) => (1 - 1 / x) / 0.9,
  },
  { spec: { law: 'erlang', stages: 2, mean: 3 }, mean: 3, scv: 0.5, cdf: erlangCdf(2, 3) },
  { spec: { law: 'erlang', stages: 20, mean: 3 }, mean: 3, scv: 0.05, cdf: erlangCdf(20, 3) },
  { spec: { law: 'erlang', stages: 100, mean: 1 }, mean: 1, scv: 0.01, cdf: erlangCdf(100, 1) },
  {
    // E² = 2(0.1·100 + 0.9·0.25) = 20.45
    spec: { law: 'hyperexponential', probability: 0.1, mean1: 10, mean2: 0.5 },
    mean: 1.45,
    scv: 20.45 / 1.45 ** 2 - 1,
    cdf: (x) => 1 - 0.1 * Math.exp(-x / 10) - 0.9 * Math.exp(-2 * x),
  },
  { spec: { law: 'uniform', low: 1, high: 3 }, mean: 2, scv: 1 / 12, cdf: (x) => (x - 1) / 2 },
  {
    // shape ½: mean 2·Γ(3), E² = 4·Γ(5)
    spec: { law: 'weibull', shape: 0.5, scale: 2 },
    mean: 4,
    scv: 5,
    cdf: (x) => -Math.expm1(-Math.sqrt(x / 2)),
  },
  { spec: { law: 'empirical', values: [1, 2, 2, 7] }, mean: 3, scv: (4 + 1 + 1 + 16) / 4 / 9 },
];

const named = laws.map((law): [string, Law] => [JSON.stringify(law.spec), law]);

describe.each(named)('%s', (_, { spec, mean, scv, cdf }) => {
  const sampler = createSampler(spec);

  test('mean and squared coefficient of variation', () => {
    expect(meanOf(spec) / mean).toBeCloseTo(1, 12);
    expect(sampler.mean / mean).toBeCloseTo(1, 12);
    expect(scvOf(spec)).toBeCloseTo(scv, 11);
  });

  test('a million draws have these moments within four standard errors', () => {
    const stream = new Stream(31, 41, 59, 26);
    const n = 1e6;
    let sum = 0;
    let squares = 0;
    let fourths = 0;
    for (let i = 0; i < n; i++) {
      const deviation = sampler.sample(stream) - mean;
      sum += deviation;
      squares += deviation * deviation;
      fourths += deviation ** 4;
    }
    const variance = scv * mean * mean;
    expect(Math.abs(sum / n)).toBeLessThanOrEqual(4 * Math.sqrt(variance / n) + 1e-12);
    const spread = Math.sqrt(Math.max(0, fourths / n - variance * variance) / n);
    expect(Math.abs(squares / n - variance)).toBeLessThanOrEqual(4 * spread + 1e-12);
  });

  test('quantiles invert the distribution function, and rise', () => {
    let before = 0;
    for (let i = 0; i < 2000; i++) {
      const u = i < 1000 ? (i + 0.5) / 1000 : 1 - 2 ** -((i - 990) / 20);
      if (i === 1000) before = 0;
      const x = sampler.quantile(u);
      expect(x).toBeGreaterThanOrEqual(before);
      before = x;
      if (cdf !== undefined) expect(Math.abs(cdf(x) - u)).toBeLessThan(1e-12);
    }
  });
});

test('lognormal quantiles are exp(mu + sigma·z)', () => {
  const sampler = createSampler({ law: 'lognormal', mu: 3, sigma: 2 });
  expect(sampler.quantile(0.5) / Math.exp(3)).toBeCloseTo(1, 13);
  expect(sampler.quantile(0.975) / Math.exp(3 + 2 * 1.959963984540054)).toBeCloseTo(1, 13);
});

test('a bounded Pareto never leaves its bounds', () => {
  const sampler = createSampler({ law: 'pareto', alpha: 1.2, min: 3, max: 50 });
  expect(sampler.quantile(2 ** -53)).toBeGreaterThanOrEqual(3);
  expect(sampler.quantile(1 - 2 ** -53)).toBeLessThanOrEqual(50);
});

test('Erlang draws by stages and by inversion follow one law', () => {
  // Kolmogorov–Smirnov over 1e5 draws: D·√n below 2.4 but once in 50,000
  const sampler = createSampler({ law: 'erlang', stages: 20, mean: 1 });
  const stream = new Stream(2, 7, 1, 8);
  const n = 1e5;
  const draws = Float64Array.from({ length: n }, () => sampler.sample(stream)).sort();
  let distance = 0;
  for (let i = 0; i < n; i += 100) {
    distance = Math.max(distance, Math.abs(erlangCdf(20, 1)(draws[i]!) - i / n));
  }
  expect(distance * Math.sqrt(n)).toBeLessThan(2.4);
});

test('a mean that does not exist is infinite', () => {
  expect(meanOf({ law: 'pareto', alpha: 1, min: 1 })).toBe(Infinity);
  expect(scvOf({ law: 'pareto', alpha: 2, min: 1 })).toBe(Infinity);
});

test.each<DistributionSpec>([
  { law: 'constant', value: -1 },
  { law: 'exponential', mean: 0 },
  { law: 'lognormal', mu: NaN, sigma: 1 },
  { law: 'pareto', alpha: 1, min: 2, max: 2 },
  { law: 'erlang', stages: 1.5, mean: 1 },
  { law: 'hyperexponential', probability: 1, mean1: 1, mean2: 1 },
  { law: 'uniform', low: 2, high: 1 },
  { law: 'weibull', shape: 0, scale: 1 },
  { law: 'empirical', values: [2, 1] },
])('%o is refused', (spec) => {
  expect(() => createSampler(spec)).toThrow(RangeError);
});
