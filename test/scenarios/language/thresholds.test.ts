import { describe, expect, it } from 'vitest';
import { metricKey } from '../../../scenarios/index.ts';
import { errorsOf, LAB, scenarioOf, shown, worldOf } from './texts.ts';

const STORY = `${LAB}events:
  - { at: 5m, name: crash, fail: server/lab/0, for: 1m }
origins: { main: { latency: 50ms } }
`;
const parsed = (sentence: string) =>
  scenarioOf(`${STORY}thresholds:\n  - ${sentence}\n`).thresholds[0]!;
const refused = (sentence: string) => shown(errorsOf(`${STORY}thresholds:\n  - ${sentence}\n`));

describe('threshold sentences', () => {
  it.each([
    [
      'availability >= 99.95%',
      { metric: 'availability', limit: { op: '>=', value: 0.9995, unit: 'ratio' } },
    ],
    [
      'p95(latency) < 180ms',
      {
        aggregate: { kind: 'quantile', quantile: 0.95 },
        limit: { op: '<', value: 0.18, unit: 's' },
      },
    ],
    ['p99.9(latency) < 1s', { aggregate: { kind: 'quantile', quantile: 0.999 } }],
    ['p95(latency) < 320ms during crash', { window: { kind: 'during', event: 'crash' } }],
    [
      'failed_requests during crash < 0.4%',
      {
        metric: 'failed_requests',
        window: { kind: 'during', event: 'crash' },
        limit: { value: 0.004 },
      },
    ],
    [
      'recovery_time(p95(latency) within 10%) after crash < 120s',
      {
        metric: 'recovery_time',
        window: { kind: 'after', event: 'crash' },
        recovery: {
          metric: 'latency',
          aggregate: { kind: 'quantile', quantile: 0.95 },
          withinRatio: 0.1,
        },
      },
    ],
    [
      'max(utilisation of servers) < 90%',
      { aggregate: { kind: 'max' }, of: { kind: 'all', of: 'server' } },
    ],
    [
      'p99(latency of page) < 120ms',
      { of: { kind: 'one', ref: { kind: 'class', class: 'page' } } },
    ],
    [
      'mean(latency) of class/page < 1s',
      { of: { kind: 'one', ref: { kind: 'class', class: 'page' } } },
    ],
    ['utilisation of pop/lab < 85%', { of: { kind: 'one', ref: { kind: 'pop', pop: 'lab' } } }],
    ['flaps(server/lab/0) <= 4', { metric: 'flaps', limit: { op: '<=', value: 4, unit: 'count' } }],
    [
      'imbalance(p99 over servers) < 1.6',
      {
        metric: 'imbalance',
        aggregate: { kind: 'quantile', quantile: 0.99 },
        limit: { value: 1.6 },
      },
    ],
    ['moved_keys on crash < 30%', { metric: 'moved_keys', window: { kind: 'during' } }],
    [
      'share(latency > 200ms) < 5%',
      { aggregate: { kind: 'share', op: '>', limit: 0.2 }, limit: { value: 0.05, unit: 'ratio' } },
    ],
    [
      'origin_rate of main < 12k/s',
      { metric: 'origin_rate', limit: { value: 12000, unit: 'per_s' } },
    ],
    [
      'goodput >= 99% before crash',
      { metric: 'goodput', window: { kind: 'before', event: 'crash' } },
    ],
    [
      'p95(latency) no worse than +3% against baseline during crash',
      {
        limit: null,
        noWorseThan: { marginRatio: 0.03, against: 'baseline' },
        window: { kind: 'during', event: 'crash' },
      },
    ],
    [
      '{ check: error_rate < 0.1%, only: default }',
      { metric: 'error_rate', only: ['default'], text: 'error_rate < 0.1%' },
    ],
  ])('%s', (sentence, expected) => {
    expect(parsed(sentence)).toMatchObject(expected);
  });

  it.each([
    ['p95(latncy) < 180ms', "E0308 16:9 unknown metric 'latncy' | did you mean 'latency'?"],
    ['response_time < 3s', "E0308 16:5 unknown metric 'response_time' | did you mean 'latency'?"],
    [
      'utilisation of class/page during crash < 9%',
      "E0303 16:5 a class has no 'utilisation' | a class has: latency, ttfb, rtt",
    ],
    [
      'p95(latency of server/lab/0) during crash < 1s',
      'E0303 16:9 p95(latency) is not kept of a server | write mean(latency), max(latency)',
    ],
    ['max(ttfb) < 1s', 'E0303 16:9 max(ttfb) is not kept of the world | write mean(ttfb), p95'],
    ['p95(queue_wait) < 1s', 'E0303 16:9 p95(queue_wait) is not kept of the world'],
    ['peak_utilisation < 9%', "E0303 16:5 only links have 'peak_utilisation'"],
    [
      'recovery_time(p95(latency) within 10%) < 120s',
      'E0303 16:5 recovery from what? | recovery_time(p95(latency) within 10%) after EVENT < 120s',
    ],
    ['recovery_time(hit_ratio within 1%) after crash < 1s', 'E0303 16:19 recovery of this metric'],
    ['recovery_time(p97(latency) within 1%) after crash < 1s', 'E0303 16:23 recovery of this'],
    [
      'recovery_time(mean(latency of pop/lab) within 1%) after crash < 1s',
      'E0303 16:35 recovery of one entity',
    ],
    ['availability during crsh > 9%', "E0307 16:25 unknown event 'crsh' | did you mean 'crash'?"],
    ['utilisation of pop/lba < 9%', "E0306 16:20 unknown pop 'pop/lba' | did you mean 'pop/lab'?"],
    ['p99(latency of pge) < 1s', "E0306 16:20 unknown entity 'pge'"],
    ['p95(latency) < 180', "E0205 16:20 '180' needs a unit | 180s, 180ms?"],
    ['p95(latency) < 180MB', "E0206 16:20 '180MB' is not a duration"],
    ['latency < 3ms', "E0408 16:5 'latency' is a distribution"],
    ['p95(latency) 180ms', "E0408 16:18 expected <, <=, > or >=, not '180ms'"],
    ['p95(latency) <', 'E0408 16:19 the sentence ends where a value should be'],
    ['p95(latency < 3ms', "E0408 16:17 expected ')', not '<'"],
    [
      'p95(latency) < 3ms durng crash',
      "E0408 16:24 'durng' is not expected here | did you mean 'during'?",
    ],
    ['p95(latency) no worse than 3 against baseline', "E0205 16:32 '3' needs a unit | like +3%"],
    ['p95(latency) no worse than +3% against bas', "E0310 16:44 unknown strategy 'bas'"],
    [
      'mitigation_time after crash < 45s',
      "E0303 16:5 the metric 'mitigation_time' is not yet supported",
    ],
    ['{ check: error_rate < 1%, only: [x] }', "E0310 16:37 unknown strategy 'x'"],
  ])('refuses %s', (sentence, expected) => {
    const errors = refused(sentence);
    expect(
      errors.some((error) => error.startsWith(expected)),
      errors.join('\n'),
    ).toBe(true);
  });

  it('knows the keys of the report', () => {
    expect(metricKey('latency', { kind: 'quantile', quantile: 0.95 })).toBe('latency_p95_s');
    expect(metricKey('latency', { kind: 'quantile', quantile: 0.999 })).toBe('latency_p999_s');
    expect(metricKey('ttfb', { kind: 'mean' })).toBe('ttfb_mean_s');
    expect(metricKey('error_rate', null)).toBe('error_ratio');
    expect(metricKey('failed_requests', null)).toBeNull();
  });

  it('asks the run for the quantiles and limits it needs', () => {
    const text = `${STORY}thresholds: [p97.5(latency) < 1s, share(latency > 200ms) < 5%]\n`;
    const { quantiles, latencyLimitsNs } = worldOf(text).record;
    expect(quantiles).toEqual([0.5, 0.9, 0.95, 0.975, 0.99, 0.999]);
    expect(latencyLimitsNs).toEqual([200e6]);
    const precise = LAB.replace(
      'replications: 20',
      'replications: 10..40, precision: 5% on p75(ttfb)',
    );
    expect(worldOf(precise).record.quantiles).toContain(0.75);
  });

  it.each([
    ['< 120s', 10],
    ['< 30s', 3],
    ['< 2s', 1],
  ])('a recovery %s is read off a time series in buckets of %d s', (limit, width_s) => {
    const sentence = `recovery_time(p95(latency) within 10%) after crash ${limit}`;
    const text = `${STORY}thresholds: [${sentence}]\n`;
    expect(worldOf(text).record.timelineNs).toBe(width_s * 1e9);
    expect(worldOf(STORY).record.timelineNs).toBe(0);
    const fine = `${text}output: { record: [timeline 800ms] }\n`;
    expect(worldOf(fine).record.timelineNs).toBe(8e8);
  });

  it('a series too long to store with its replication is coarser, and that is said', () => {
    const text = (duration: string) =>
      `${LAB.replace('30m', duration)}output: { record: [timeline 1s] }\n`;
    // 512 KiB ÷ (4 × 20 + 3 × 8 + 8 × 7 + 7 bytes) = 3139 buckets.
    expect(worldOf(text('3139s')).record.timelineNs).toBe(1e9);
    expect(scenarioOf(text('3139s')).warnings).toEqual([]);
    expect(worldOf(text('3140s')).record.timelineNs).toBe(2e9);
    expect(scenarioOf(text('3140s')).warnings).toMatchObject([
      { code: 'W0110', message: expect.stringContaining('2 s instead of 1 s') },
    ]);
  });
});

describe('precision and gate', () => {
  it('precision: 5% on p95(latency) at 95%', () => {
    const text = LAB.replace(
      'replications: 20',
      'replications: 10..40, precision: 5% on p95(latency) at 95%',
    );
    const { precision, replicationsMin, replicationsMax } = scenarioOf(text).run;
    expect({ precision, replicationsMin, replicationsMax }).toEqual({
      precision: {
        text: '5% on p95(latency) at 95%',
        metric: 'latency_p95_s',
        relative: 0.05,
        confidence: 0.95,
      },
      replicationsMin: 10,
      replicationsMax: 40,
    });
  });

  it('gate: baseline, all, or names', () => {
    const strategies = 'strategies: { a: random, b: maglev }\n';
    expect(scenarioOf(LAB + strategies).gate).toEqual(['a']);
    expect(scenarioOf(`${LAB}${strategies}gate: all\n`).gate).toEqual(['a', 'b']);
    expect(scenarioOf(`${LAB}${strategies}gate: [b]\n`).gate).toEqual(['b']);
    expect(shown(errorsOf(`${LAB}${strategies}gate: bb\n`))[0]).toContain(
      "E0310 13:7 unknown strategy 'bb'",
    );
  });
});
