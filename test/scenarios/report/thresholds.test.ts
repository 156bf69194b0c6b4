import { describe, expect, it } from 'vitest';
import { judgeThresholds } from '../../../scenarios/report/thresholds.ts';
import type { Threshold } from '../../../scenarios/schema/threshold.ts';
import { labWorld } from '../running/mm1-request.ts';
import { HALF_OF_UNIT, judge, latencies } from './judging.ts';
import { resultOf, tenOf, threshold } from './run-results.ts';

describe('a threshold passes only when the whole interval is on the right side', () => {
  it.each([
    [0.05, 0.001, 'pass'],
    [0.0599, 0.001, 'inconclusive'],
    [0.0601, 0.001, 'inconclusive'],
    [0.07, 0.001, 'fail'],
  ])('mean(latency) < 60 ms with %d ± %d: %s', (center, spread, expected) => {
    const { result, value } = judge(threshold({}), latencies(center, spread));
    expect(result).toBe(expected);
    expect(value!.high! - value!.mean).toBeCloseTo(HALF_OF_UNIT * spread, 5);
  });

  it('the other way round for >=', () => {
    const one = threshold({
      metric: 'hit_ratio',
      aggregate: null,
      limit: { op: '>=', value: 0.8, unit: 'ratio' },
    });
    const results = (hits: number) =>
      tenOf((offset, r) =>
        resultOf(r, {
          hit_ratio: (hits + offset * 10) / 1000,
          hits: hits + offset * 10,
          miss: 1000 - hits - offset * 10,
        }),
      );
    expect(judge(one, results(900)).result).toBe('pass');
    expect(judge(one, results(800)).result).toBe('inconclusive');
    expect(judge(one, results(700)).result).toBe('fail');
  });

  it('a partial run and fewer than ten replications decide nothing', () => {
    expect(judge(threshold({}), latencies(0.05, 0.001), {}, true)).toMatchObject({
      result: 'inconclusive',
      reason: 'the run is partial',
    });
    expect(judge(threshold({}), latencies(0.05, 0.001).slice(0, 9))).toMatchObject({
      result: 'inconclusive',
      reason: '9 replications; a verdict needs 10',
    });
  });

  it('without data it is "no data", never a pass', () => {
    const one = threshold({
      metric: 'hit_ratio',
      aggregate: null,
      limit: { op: '<', value: 2, unit: 'ratio' },
    });
    expect(judge(one, latencies(0.05, 0.001))).toMatchObject({ value: null, result: 'no data' });
    expect(judge(threshold({}), [])).toMatchObject({ value: null, result: 'no data' });
  });

  it.each([
    ['max', { kind: 'max' }, 1.4, 'fail'],
    ['p99', { kind: 'quantile', quantile: 0.99 }, 1.2, 'pass'],
  ] as const)(
    'imbalance(%s over servers) is one figure of all servers',
    (_, aggregate, mean, result) => {
      const one = threshold({
        metric: 'imbalance',
        aggregate,
        of: { kind: 'all', of: 'server' },
        limit: { op: '<', value: 1.3, unit: 'ratio' },
      });
      const results = tenOf((offset, r) =>
        resultOf(r, {
          imbalance: 1.4 + offset * 0.01,
          load_p99_over_mean: 1.2 + offset * 0.01,
        }),
      );
      const judged = judge(one, results);
      expect(judged.value!.mean).toBeCloseTo(mean, 5);
      expect(judged.result).toBe(result);
    },
  );

  it('is evaluated only for the strategies it names', () => {
    const world = labWorld('a');
    const strategies = [
      { name: 'a', results: [], world },
      { name: 'b', results: [], world },
    ];
    const judged = judgeThresholds({
      thresholds: [threshold({ only: ['b'] })],
      baseline: 'a',
      strategies,
      isPartial: false,
    });
    expect(judged.map(({ strategy }) => strategy)).toEqual(['b']);
  });
});

describe('samples', () => {
  it('p99 of 999 requests is no data, of 1,000 it is', () => {
    const one = threshold({ aggregate: { kind: 'quantile', quantile: 0.99 } });
    const results = (completed: number) =>
      tenOf((offset, r) => resultOf(r, { latency_p99_s: 0.05 + offset * 0.001, completed }));
    expect(judge(one, results(999)).result).toBe('no data');
    expect(judge(one, results(1000)).result).toBe('pass');
  });

  it('a rare failure needs 30 to be expected: 99.99 % of 2e5 requests in all is too few', () => {
    const one = threshold({
      metric: 'availability',
      aggregate: null,
      limit: { op: '>=', value: 0.9999, unit: 'ratio' },
    });
    const results = (requests: number) =>
      tenOf((_, r) => resultOf(r, { availability: 1, requests }));
    expect(judge(one, results(20_000))).toMatchObject({
      result: 'inconclusive',
      reason: '200000 requests; so rare a share needs 300000',
    });
    expect(judge(one, results(30_000)).result).toBe('pass');
  });

  it('a short run of a steady state passes nothing: ρ = 0.9 needs 342,000 for p99', () => {
    const one = threshold({ aggregate: { kind: 'quantile', quantile: 0.99 } });
    const judged = (requests: number) =>
      judgeThresholds({
        thresholds: [one],
        baseline: 's',
        isPartial: false,
        strategies: [
          {
            name: 's',
            world: labWorld('s'),
            results: tenOf((offset, r) =>
              resultOf(
                r,
                { latency_p99_s: 0.05 + offset * 0.001, completed: requests },
                { servers: { 'lab/0': { utilisation: 0.9, requests } } },
              ),
            ),
          },
        ],
      })[0]!;
    expect(judged(340_000)).toMatchObject({ result: 'inconclusive', reason: 'short run' });
    expect(judged(345_000).result).toBe('pass');
  });
});

describe('where a threshold looks', () => {
  const windowed = (during: number) =>
    tenOf((offset, r) =>
      resultOf(
        r,
        { latency_mean_s: 0.05, completed: 1e5 },
        {
          windows: { down: { latency_mean_s: during + offset * 0.001, completed: 1e4 } },
          before: { down: { latency_mean_s: 0.04 + offset * 0.001, completed: 1e4 } },
        },
      ),
    );

  it('during and before an event', () => {
    const at = (kind: 'during' | 'before') => threshold({ window: { kind, event: 'down' } });
    expect(judge(at('during'), windowed(0.2)).result).toBe('fail');
    expect(judge(at('before'), windowed(0.2)).result).toBe('pass');
    expect(
      judge(threshold({ window: { kind: 'after', event: 'down' } }), windowed(0.2)).result,
    ).toBe('no data');
  });

  it('one entity', () => {
    const one = threshold({ of: { kind: 'one', ref: { kind: 'pop', pop: 'fra' } } });
    const results = tenOf((offset, r) =>
      resultOf(
        r,
        {},
        { pops: { fra: { latency_mean_s: 0.03 + offset * 0.001 }, ams: { latency_mean_s: 9 } } },
      ),
    );
    expect(judge(one, results).result).toBe('pass');
  });

  it('the largest of all entities in each replication, and which it was', () => {
    const one = threshold({
      metric: 'utilisation',
      aggregate: { kind: 'max' },
      of: { kind: 'all', of: 'link' },
      limit: { op: '<', value: 0.9, unit: 'ratio' },
    });
    const results = tenOf((offset, r) =>
      resultOf(
        r,
        {},
        {
          links: {
            'fra-ams': { utilisation: 0.84 + offset * 0.01 },
            'lis-mad': { utilisation: 0.3 },
          },
        },
      ),
    );
    const judged = judge(one, results);
    expect(judged).toMatchObject({ result: 'pass', entity: 'fra-ams' });
    expect(judged.value!.mean).toBeCloseTo(0.84, 6);
    expect(judge({ ...one, aggregate: { kind: 'mean' } }, results).value!.mean).toBeCloseTo(
      0.57,
      6,
    );
    expect(judge({ ...one, aggregate: { kind: 'min' } }, results)).toMatchObject({
      entity: 'lis-mad',
    });
  });

  it('a share of slow requests, and of fast ones as its complement', () => {
    const share = (op: '>' | '<=', limit: Threshold['limit']) =>
      threshold({ aggregate: { kind: 'share', op, limit: 0.2 }, limit });
    const results = tenOf((offset, r) =>
      resultOf(r, { latency_over_200ms_ratio: 0.02 + offset * 0.001, completed: 1e5 }),
    );
    expect(judge(share('>', { op: '<', value: 0.03, unit: 'ratio' }), results).result).toBe('pass');
    const fast = judge(share('<=', { op: '>=', value: 0.97, unit: 'ratio' }), results);
    expect(fast.result).toBe('pass');
    expect(fast.value!.mean).toBeCloseTo(0.98, 6);
    expect(fast.value!.low).toBeLessThan(fast.value!.high!);
  });

  it('failed requests as what availability leaves', () => {
    const one = threshold({
      metric: 'failed_requests',
      aggregate: null,
      limit: { op: '<', value: 0.03, unit: 'ratio' },
    });
    const results = tenOf((offset, r) =>
      resultOf(r, { availability: 0.98 + offset * 0.001, requests: 1e5 }),
    );
    expect(judge(one, results).value!.mean).toBeCloseTo(0.02, 6);
    expect(judge(one, results).result).toBe('pass');
  });

  it('fetches from origins a second: 600 fetches of 6,000 requests at 100/s is 10/s', () => {
    const one = threshold({
      metric: 'origin_rate',
      aggregate: null,
      limit: { op: '<', value: 12, unit: 'per_s' },
    });
    const results = tenOf((_, r) =>
      resultOf(r, { origin_fetches: 600, requests: 6000, requests_per_s: 100 }),
    );
    expect(judge(one, results)).toMatchObject({ result: 'pass', value: { mean: 10 } });
  });
});
