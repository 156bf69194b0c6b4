import { describe, expect, it } from 'vitest';
import { judge, latencies } from './judging.ts';
import { resultOf, tenOf, threshold, timelineOf } from './run-results.ts';

describe('no worse than +3 % against', () => {
  const one = threshold({ limit: null, noWorseThan: { marginRatio: 0.03, against: 'baseline' } });
  const base = latencies(0.05, 0.02);
  const times = (factor: number) =>
    base.map((result, r) =>
      resultOf(r, {
        latency_mean_s:
          result.metrics['latency_mean_s']! * factor * (1 + (r % 2 === 0 ? 0.001 : -0.001)),
      }),
    );

  it.each([
    [0.9, 'pass'],
    [1.02, 'pass'],
    [1.0301, 'inconclusive'],
    [1.05, 'fail'],
  ])('× %d: %s, as pairs cancel what is common', (factor, expected) => {
    const judged = judge(one, times(factor), { base });
    expect(judged.result).toBe(expected);
    expect(judged.value!.mean).toBeCloseTo(factor - 1, 3);
  });

  it('is turned round where more is better', () => {
    const ratio = threshold({ ...one, metric: 'hit_ratio', aggregate: null });
    const hits = (factor: number) =>
      tenOf((offset, r) => resultOf(r, { hit_ratio: 0.8 * factor + offset * 0.001 }));
    expect(judge(ratio, hits(1.1), { base: hits(1) }).result).toBe('pass');
    expect(judge(ratio, hits(0.9), { base: hits(1) }).result).toBe('fail');
  });

  it('has no data without the other strategy', () => {
    expect(judge(one, base).result).toBe('no data');
  });
});

describe('recovery time', () => {
  const one = threshold({
    metric: 'recovery_time',
    aggregate: null,
    window: { kind: 'after', event: 'down' },
    limit: { op: '<', value: 8, unit: 's' },
    recovery: {
      metric: 'latency',
      aggregate: { kind: 'quantile', quantile: 0.95 },
      withinRatio: 0.1,
    },
  });
  /** Level 50 ms for 10 s, then `bad` seconds of 90 ms, then within 10 % again. */
  const series = (bad: number, length = 40) =>
    Array.from({ length }, (_, i) => (i < 10 ? 0.05 : i < 10 + bad ? 0.09 : 0.054));
  const results = (bad: number, length?: number) =>
    tenOf((_, r) => resultOf(r, {}, { timeline: timelineOf(series(bad + (r % 2), length)) }));

  it('is from the beginning of the event to the first of three near buckets', () => {
    expect(judge(one, results(5))).toMatchObject({ result: 'pass', value: { mean: 5.5 } });
    expect(judge(one, results(20)).result).toBe('fail');
  });

  it('is 0 when the metric never left', () => {
    expect(
      judge(
        one,
        tenOf((_, r) => resultOf(r, {}, { timeline: timelineOf(series(0)) })),
      ).value!.mean,
    ).toBe(0);
  });

  it('a single good bucket among bad ones is no recovery', () => {
    const dip = series(6).map((value, i) => (i === 12 ? 0.05 : value));
    expect(
      judge(
        one,
        tenOf((_, r) => resultOf(r, {}, { timeline: timelineOf(dip) })),
      ).value!.mean,
    ).toBe(6);
  });

  it('not back at the end: at least as long as was watched, never a pass', () => {
    const judged = judge({ ...one, limit: { op: '<', value: 100, unit: 's' } }, results(60, 40));
    expect(judged).toMatchObject({
      result: 'inconclusive',
      value: { mean: 30 },
      reason: 'not back when the run ended in 10 of 10 replications',
    });
    expect(judge(one, results(60, 40)).result).toBe('fail');
  });

  it('needs a time series', () => {
    expect(judge(one, latencies(0.05, 0.001))).toMatchObject({ result: 'no data' });
  });
});
