import { describe, expect, it } from 'vitest';
import { meanOf } from '../../../sim/index.ts';
import { errorsOf, LAB, shown, worldOf } from './texts.ts';

const lawOf = (law: string) =>
  worldOf(LAB.replace('exponential mean=10ms', law)).classes[0]!.serviceTime;
const refused = (law: string) => shown(errorsOf(LAB.replace('exponential mean=10ms', law)));

describe('distributions', () => {
  it.each([
    ['10ms', { law: 'constant', value: 10e6 }],
    ['constant value=10ms', { law: 'constant', value: 10e6 }],
    ['exponential mean=1.5s', { law: 'exponential', mean: 1.5e9 }],
    ['lognormal mu=2 sigma=0.5', { law: 'lognormal', mu: 2, sigma: 0.5 }],
    ['pareto alpha=1.6 min=40ms max=20s', { law: 'pareto', alpha: 1.6, min: 40e6, max: 20e9 }],
    ['pareto alpha=1.6 min=40ms', { law: 'pareto', alpha: 1.6, min: 40e6 }],
    ['erlang stages=4 mean=10ms', { law: 'erlang', stages: 4, mean: 10e6 }],
    [
      'hyperexponential p=0.3 mean1=1ms mean2=9ms',
      { law: 'hyperexponential', probability: 0.3, mean1: 1e6, mean2: 9e6 },
    ],
    ['uniform low=0 high=2ms', { law: 'uniform', low: 0, high: 2e6 }],
    ['weibull shape=0.5 scale=5ms', { law: 'weibull', shape: 0.5, scale: 5e6 }],
  ])('%s', (written, expected) => expect(lawOf(written)).toEqual(expected));

  it('lognormal by mean and p99: e^(μ + σ²/2) is the mean and e^(μ + 2.3263 σ) the p99', () => {
    const law = lawOf('lognormal mean=35ms p99=220ms');
    if (law.law !== 'lognormal') throw new Error(law.law);
    expect(Math.exp(law.mu + law.sigma ** 2 / 2) / 35e6).toBeCloseTo(1, 12);
    expect(Math.exp(law.mu + 2.3263478740408408 * law.sigma) / 220e6).toBeCloseTo(1, 12);
    // Of the two roots the one with the smaller spread.
    expect(law.sigma).toBeLessThan(2.3263478740408408);
  });

  it('lognormal by scv: σ² = ln(1 + scv)', () => {
    const law = lawOf('lognormal mean=10ms scv=4');
    expect(law).toMatchObject({ law: 'lognormal', sigma: Math.sqrt(Math.log(5)) });
    expect(meanOf(law) / 10e6).toBeCloseTo(1, 12);
  });

  it('hyperexponential by mean and scv has balanced means and that variance', () => {
    const law = lawOf('hyperexponential mean=10ms scv=10');
    if (law.law !== 'hyperexponential') throw new Error(law.law);
    const { probability: p, mean1, mean2 } = law;
    expect(p * mean1).toBeCloseTo((1 - p) * mean2, 3);
    const mean = p * mean1 + (1 - p) * mean2;
    const second = 2 * (p * mean1 ** 2 + (1 - p) * mean2 ** 2);
    expect(mean / 10e6).toBeCloseTo(1, 12);
    expect(second / mean ** 2 - 1).toBeCloseTo(10, 9);
  });

  it('a ratio p99 ÷ mean of 14.97 is satisfiable and 14.98 is not', () => {
    expect(refused('lognormal mean=1000us p99=14968us')).toEqual([]);
    expect(refused('lognormal mean=1000us p99=14980us')[0]).toContain('E0212 9:27');
    expect(refused('lognormal mean=10ms p99=9ms')[0]).toContain('is not above the mean');
  });

  it.each([
    ['exponental mean=1ms', "E0210 9:27 unknown law 'exponental' | did you mean 'exponential'?"],
    [
      'lognormal(mean 35ms)',
      "E0210 9:27 'lognormal(mean 35ms)' uses parentheses | write: lognormal mean=",
    ],
    ['exponential maen=1ms', "E0210 9:27 exponential has no 'maen' | did you mean 'mean'?"],
    ['exponential', "E0210 9:27 'exponential' does not determine the law"],
    ['exponential mean=10', "E0205 9:27 mean: '10' needs a unit | 10s, 10ms?"],
    ['exponential mean=0s', 'E0210 9:27 mean must be above 0'],
    ['erlang stages=1.5 mean=1ms', 'E0210 9:27 stages must be a whole number'],
    ['hyperexponential mean=1ms scv=1', 'E0212 9:27 hyperexponential needs scv above 1'],
    ['uniform low=3ms high=2ms', 'E0210 9:27 low must be below high'],
    ['10', "E0205 9:27 '10' needs a unit | 10s, 10ms?"],
    ['10m30', "E0206 9:27 '10m30' is not a duration"],
    ['5 minutes', "E0206 9:27 '5 minutes' is not a duration | did you mean 5m?"],
    ['empirical file=x.txt', "E0122 9:27 'x.txt' cannot be read here"],
    ['[1, 2]', 'E0203 9:27 expected a distribution, not a list'],
  ])('refuses %s', (written, expected) => {
    expect(refused(written)[0]?.startsWith(expected), refused(written).join('\n')).toBe(true);
  });

  it('a comma inside { } is explained', () => {
    const errors = errorsOf(
      LAB.replace('exponential mean=10ms', 'lognormal(mean 35ms, p99 220ms)'),
    );
    expect(errors[0]).toMatchObject({ code: 'E0211', label: 'inside { } a comma ends the value' });
  });
});

describe('quantities', () => {
  it.each([
    ['arrivals: poisson 80/s', 'arrivals: poisson 2.4M/s', { ratePerSecond: 2.4e6 }],
    ['arrivals: poisson 80/s', 'arrivals: constant 600/m', { law: 'constant', ratePerSecond: 10 }],
    ['arrivals: poisson 80/s', 'rate: 12k/s', { law: 'poisson', ratePerSecond: 12000 }],
  ])('%s → %s', (from, to, expected) => {
    expect(worldOf(LAB.replace(from, to)).traffic.arrivals).toMatchObject(expected);
  });

  it.each([
    ['arrivals: poisson 80', "E0205 7:13 '80' needs a unit | 80/s?"],
    ['rate: 80', "E0205 7:9 '80' needs a unit | 80/s, 80k/s?"],
    ['rate: 0/s', 'E0207 7:9 the rate must be above 0'],
    ['{ }', ''],
    ['rate: 80/s\n  arrivals: poisson 80/s', "E0401 7:3 'rate' and 'arrivals' both set the load"],
    [
      'rate: 80/s\n  access: 10gbps',
      'E0206 8:11 unknown unit "gbps" in bandwidth "10gbps" | did you mean 10Gbps (bits) or',
    ],
    ['rate: 80/s\n  access: 10m', 'E0206 8:11 unknown unit "m" in bandwidth'],
    ['rate: 80/s\n  retry: { budget: 120% }', "E0207 8:20 '120%' is not between 0% and 100%"],
    ['rate: 80/s\n  retry: { backoff: 2s..1s }', "E0206 8:21 '2s..1s' runs backwards"],
    ['rate: 80/s\n  keep_alive: 1d1d', "E0206 8:15 '1d1d' is not a duration"],
    ['rate: 80/s\n  timeout: 200d', "E0207 8:12 '200d' is longer than 104 days"],
    [
      'rate: 80/s\n  clients: 40',
      "E0203 8:12 expected a number of clients, not '40' | write 1000 per region",
    ],
    ['rate: 80/s\n  popularity: zipf', "E0206 8:15 'zipf' is not a popularity law"],
    [
      'rate: 80/s\n  protocol: { h2: 60%, h1: 30% }',
      "E0409 8:13 the shares of 'protocol' sum to 90%",
    ],
    ['rate: 80/s\n  day_curve: daily', 'E0406 8:14 a day curve needs regions'],
  ])('traffic: %s', (written, expected) => {
    const errors = shown(errorsOf(LAB.replace('arrivals: poisson 80/s', written)));
    expect(
      expected === '' || errors.some((error) => error.startsWith(expected)),
      errors.join('\n'),
    ).toBe(true);
  });
});
