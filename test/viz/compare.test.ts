import { describe, expect, it } from 'vitest';
import type { Comparison, Estimate } from '../../sim/report.ts';
import type { RecordedWorld, StateChange } from '../../sim/recording.ts';
import { CatchmentHistory } from '../../viz/data/catchment-history.ts';
import type { RecordingPlayer } from '../../viz/data/recording-player.ts';
import { StateHistory } from '../../viz/data/state-history.ts';
import { metricWords } from '../../viz/metric-words.ts';
import { beforeLastEvent, catchmentShift } from '../../viz/views/compare/catchment-shift.ts';
import { findingsOf } from '../../viz/views/compare/findings.ts';
import { differenceShares, regionDifferences } from '../../viz/views/compare/region-difference.ts';
import { differenceWords, relativeText } from '../../viz/views/compare/verdict.ts';

const estimate = (mean: number, low: number, high: number): Estimate => ({
  mean,
  low,
  high,
  replications: 10,
});
const comparison = (more: Partial<Comparison>): Comparison => ({
  metric: 'latency_p95_s',
  strategy: 'geo-dns',
  baseline: 'anycast',
  relative_difference: estimate(-0.114, -0.142, -0.084),
  difference: estimate(-0.107, -0.134, -0.08),
  p_adjusted: 0.0003,
  verdict: 'better',
  better_in: 10,
  variance_reduction: 4,
  ...more,
});

describe('a difference in words', () => {
  it('is relative, in points for ratios, in its unit where it has no ratio', () => {
    expect(differenceWords(comparison({}))).toEqual({
      amount: '11.4 %',
      spread: '± 2.9 %',
      what: 'lower p95 latency',
    });
    const availability = comparison({
      metric: 'availability',
      difference: estimate(0.0371, 0.0352, 0.0389),
    });
    expect(differenceWords(availability)).toEqual({
      amount: '3.7 points',
      spread: '± 0.18 points',
      what: 'higher availability',
    });
    const absolute = comparison({
      metric: 'recovery_time_s',
      relative_difference: null,
      difference: estimate(-74, -80, -68),
    });
    expect(differenceWords(absolute)).toEqual({
      amount: '74 s',
      spread: '± 6 s',
      what: 'lower recovery time',
    });
  });

  it('has no spread with one replication, and no words without data', () => {
    const single = { mean: 0.5, low: null, high: null, replications: 1 };
    expect(differenceWords(comparison({ relative_difference: single }))?.spread).toBe('');
    expect(differenceWords(comparison({ relative_difference: null, difference: null }))).toBeNull();
  });

  it('is cut at two decimals: less is noise', () => {
    const tiny = comparison({ relative_difference: estimate(0.00016, -0.00017, 0.00049) });
    expect(relativeText(tiny)).toBe('+0.02 % (−0.02 … +0.05)');
    expect(relativeText(comparison({}))).toBe('−11.4 % (−14.2 … −8.4)');
    expect(relativeText(comparison({ relative_difference: null }))).toBe('–');
  });
});

describe('findings', () => {
  it('are the surest during an event, and the surest that says the opposite', () => {
    const whole = comparison({ p_adjusted: 1e-9 });
    const during = comparison({ during: 'fra-down', p_adjusted: 1e-4 });
    const worse = comparison({ during: 'fra-down', verdict: 'worse', p_adjusted: 0.03 });
    expect(findingsOf([whole, worse, during])).toEqual({ main: during, counter: worse });
    expect(findingsOf([whole])).toEqual({ main: whole, counter: null });
  });

  it('are none where nothing is shown', () => {
    const open = comparison({ verdict: 'inconclusive' });
    expect(findingsOf([open])).toEqual({ main: null, counter: null });
  });
});

describe('metrics in words', () => {
  it.each([
    ['latency_p95_s', 'p95 latency'],
    ['latency_p999_s', 'p99.9 latency'],
    ['rtt_mean_s', 'mean RTT'],
    ['requests_per_s', 'requests'],
    ['hit_ratio', 'hit ratio'],
    ['dns_queries', 'DNS queries'],
  ])('%s is %s', (key, words) => expect(metricWords(key)).toBe(words));
});

/** Two POPs 90° apart on the equator; three regions, the first two at the POPs. */
const place = (longitude: number) => ({ latitude: 0, longitude, country: null, continent: null });
const world = {
  pops: ['a', 'b'].map((name, i) => ({ name, label: name, ...place(i * 90) })),
  regions: [0.5, 0.3, 0.2].map((weight, i) => ({
    name: `r${i}`,
    label: '',
    weight,
    ...place(i * 90),
  })),
} as unknown as RecordedWorld;

/** At 10 s the first region moves from `a` to `b`; at 20 s back. */
const catchments = { initial: [0, 1, -1], t_s: [10, 20], region: [0, 0], pop: [1, 0] };
const player = (states: readonly StateChange[] = [], still = false): RecordingPlayer =>
  ({
    index: { world },
    states: new StateHistory(states),
    catchments: () =>
      new CatchmentHistory(still ? { ...catchments, t_s: [], region: [], pop: [] } : catchments),
  }) as unknown as RecordingPlayer;

describe('the shift of catchments', () => {
  it('has who lost users to whom, by users', () => {
    expect(catchmentShift(player(), 9, 15)).toEqual([{ from: 0, to: 1, share: 0.5 }]);
    expect(catchmentShift(player(), 9, 25)).toEqual([]);
  });

  it('is counted from just before the last event that has begun', () => {
    const event = (at_s: number) => ({
      at_s,
      until_s: null,
      name: null,
      verb: 'fail',
      targets: [],
      text: '',
    });
    const events = [event(60), event(300)];
    expect(beforeLastEvent(events, 59)).toBeNull();
    expect(beforeLastEvent(events, 60)).toBeCloseTo(60, 2);
    expect(beforeLastEvent(events, 60)).toBeLessThan(60);
    expect(beforeLastEvent(events, 1000)).toBeCloseTo(300, 2);
  });
});

describe('the difference of two strategies', () => {
  it('is how much farther packets go, and who is lost', () => {
    const down: StateChange = {
      t_s: 12,
      kind: 'pop',
      index: 0,
      state: 'down',
      cause: '',
      event: 0,
    };
    const before = regionDifferences(player([], true), player([], true), 5);
    expect(differenceShares(world.regions, before)).toEqual({
      otherPop: 0,
      nearer: [0, 0],
      lost: [0, 0],
    });
    // A quarter of the equator nearer for half of the users; the third region is lost in both.
    const moved = regionDifferences(player([], true), player(), 11);
    expect(moved[0]!.farther_km).toBeCloseTo((-Math.PI / 2) * 6371, 3);
    expect(differenceShares(world.regions, moved)).toEqual({
      otherPop: 0.5,
      nearer: [0.5, 0],
      lost: [0, 0],
    });
    // POP `a` is down: who still goes there is lost, who has moved is not.
    const lost = regionDifferences(player([down], true), player([down]), 15);
    expect(lost.map(({ isLost }) => isLost)).toEqual([
      [true, false],
      [false, false],
      [true, true],
    ]);
    expect(differenceShares(world.regions, lost).lost).toEqual([0.5, 0]);
  });
});
