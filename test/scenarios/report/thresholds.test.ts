import { describe, expect, it } from 'vitest';
import type { RunResult, ThresholdResult } from '../../../sim/index.ts';
import { judgeThresholds } from '../../../scenarios/report/thresholds.ts';
import type { Threshold } from '../../../scenarios/schema/threshold.ts';
import { labWorld } from '../running/mm1-request.ts';
import { resultOf, tenOf, threshold, timelineOf } from './run-results.ts';

const EVENT = {
  name: 'down',
  atNs: 10e9,
  untilNs: 20e9,
  targets: [],
  action: { verb: 'fail', mode: 'power' },
} as const;

function judge(
  one: Threshold,
  results: readonly RunResult[],
  others: Record<string, readonly RunResult[]> = {},
  isPartial = false,
): ThresholdResult {
  const strategies = Object.entries({ s: results, ...others }).map(([name, all]) => ({
    name,
    results: all,
    world: labWorld(name, { duration_s: 100, events: [EVENT] }),
  }));
  return judgeThresholds({ thresholds: [one], baseline: 'base', strategies, isPartial }).find(
    ({ strategy }) => strategy === 's',
  )!;
}

/** t₉ s / √10 of the ten offsets −1 … 1 is 0.481: s = 0.6728. */
const HALF_OF_UNIT = 0.481;
const latencies = (center: number, spread: number): RunResult[] =>
  tenOf((offset, r) => resultOf(r, { latency_mean_s: center + offset * spread, completed: 1e5 }));

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

  it('a short run of a steady state passes nothing: ρ = 0.9 needs 1,000 × 342 arrivals for p99', () => {
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
