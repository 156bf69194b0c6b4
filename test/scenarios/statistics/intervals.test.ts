import { sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  logitTInterval,
  logTInterval,
  proportionInterval,
  tInterval,
  tQuantile,
  tTwoSidedP,
  wilson,
  zeroEventsUpperBound,
} from '../../../scenarios/statistics/index.ts';

describe('Student', () => {
  it.each([
    [0.975, 1, 12.7062047],
    [0.975, 9, 2.2621572],
    [0.975, 19, 2.0930241],
    [0.95, 39, 1.6848751],
    [0.995, 4, 4.6040949],
  ])('t(%d; %d) is the tabulated %d', (p, df, expected) => {
    expect(tQuantile(p, df)).toBeCloseTo(expected, 6);
  });

  it('interval is mean ± t s / √R', () => {
    const values = [3.1, 2.9, 3.4, 3.0, 3.6];
    const half = (2.7764451 * sampleStandardDeviation(values)) / Math.sqrt(5);
    const { mean, low, high, replications } = tInterval(values)!;
    expect([mean, replications]).toEqual([3.2, 5]);
    expect(high! - 3.2).toBeCloseTo(half, 6);
    expect(3.2 - low!).toBeCloseTo(half, 6);
  });

  it('has no interval for one value and nothing for none', () => {
    expect(tInterval([4])).toEqual({ mean: 4, low: null, high: null, replications: 1 });
    expect(tInterval([])).toBeNull();
  });

  it('p of an infinite t is 0, of 0 is 1', () => {
    expect(tTwoSidedP(Infinity, 9)).toBe(0);
    expect(tTwoSidedP(0, 9)).toBeCloseTo(1, 9);
  });
});

describe('logarithmic interval', () => {
  it('is the plain one of the logarithms, and is asymmetric', () => {
    const values = [0.05, 0.06, 0.08, 0.11];
    const logs = tInterval(values.map(Math.log))!;
    const { mean, low, high } = logTInterval(values)!;
    expect(mean).toBeCloseTo(Math.exp(logs.mean), 12);
    expect(low! * high!).toBeCloseTo(mean * mean, 12);
    expect(high! - mean).toBeGreaterThan(mean - low!);
  });

  it('falls back where a value is 0', () => {
    expect(logTInterval([0, 1, 2])).toEqual(tInterval([0, 1, 2]));
  });
});

describe('proportions', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Wilson %d of %d', (k, n, low, high) => {
    const interval = wilson(k, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('no events: three over n, more when trials are correlated', () => {
    expect(
      proportionInterval([
        { events: 0, trials: 1000 },
        { events: 0, trials: 2000 },
      ]),
    ).toEqual({ mean: 0, low: 0, high: 0.001, replications: 2 });
    expect(zeroEventsUpperBound(1000, 2)).toBeCloseTo(0.015, 12);
    expect(proportionInterval([{ events: 3000, trials: 3000 }])!.low).toBeCloseTo(0.999, 12);
  });

  it('few events in one replication: Wilson over all of them', () => {
    const shares = [
      { events: 3, trials: 1000 },
      { events: 9, trials: 1000 },
    ];
    expect(proportionInterval(shares)).toEqual({ ...wilson(12, 2000), replications: 2 });
  });

  it('enough events: on the logit, inside (0, 1)', () => {
    const shares = [0.001, 0.004, 0.002, 0.0005].map((share) => ({
      events: share * 1e5,
      trials: 1e5,
    }));
    const interval = proportionInterval(shares)!;
    expect(interval.low).toBeGreaterThan(0);
    expect(tInterval([0.001, 0.004, 0.002, 0.0005])!.low).toBeLessThan(0);
  });

  it('logit clips where it cannot be taken', () => {
    expect(logitTInterval([1, 1, 0.98])!.high).toBe(1);
  });
});
