import { describe, expect, it } from 'vitest';
import { lost, metric, shareOf, tell } from './tell.ts';

/** Reported effects of looking at load and latency, each against what cures it. */

describe('ewma-fast-failure', async () => {
  const told = await tell('ewma-fast-failure');
  const failed = (strategy: string) => lost(told[strategy], { during: 'broken' });

  it('counted by its latency, the broken one of two takes all', () => {
    expect(failed('naive-ewma')).toBeGreaterThan(0.96);
  });

  it('by requests in flight it takes most, in turns its half', () => {
    expect(failed('least-request')).toBeGreaterThan(0.7);
    expect(failed('two-choices')).toBeGreaterThan(0.7);
    expect(failed('round-robin')).toBeCloseTo(0.5, 2);
  });

  it('failures counted as slow, or ejection, end that', () => {
    expect(failed('peak-ewma')).toBeLessThan(0.005);
    expect(failed('two-choices-outliers')).toBeLessThan(0.005);
  });
});

describe('gray-failure', async () => {
  const told = await tell('gray-failure', { 'run.duration': '30s' });
  const failed = (strategy: string) => lost(told[strategy], { during: 'grey' });

  it('turns lose nearly one in twenty, and no check notices', () => {
    expect(failed('round-robin')).toBeGreaterThan(0.03);
    expect(failed('round-robin')).toBeLessThan(0.05);
    expect(metric(told['round-robin'], 'flaps')).toBe(0);
  });

  it.each(['least-request', 'two-choices', 'peak-ewma', 'prequal'])(
    '%s walks around the slow server',
    (strategy) => {
      expect(failed(strategy)).toBeLessThan(0.001);
      // A fair share is 5 %.
      expect(shareOf(told[strategy], 'lab/7')).toBeLessThan(0.035);
    },
  );

  it('ejection of outliers notices once clients have given up', () => {
    expect(failed('outliers')).toBeLessThan(failed('round-robin') / 3);
    expect(failed('outliers')).toBeGreaterThan(failed('two-choices'));
  });
});

describe('prequal-load-ramp', async () => {
  const told = await tell('prequal-load-ramp', {
    'run.duration': '25s',
    'run.warmup': '2s',
  });
  const tail = (strategy: string, during: string) =>
    metric(told[strategy], 'latency_p99_s', { during });

  it('past the allocation Prequal’s tail is less than half of any other', () => {
    for (const strategy of ['random', 'round-robin', 'wrr', 'two-choices']) {
      expect(tail(strategy, 'at-120')).toBeGreaterThan(tail('prequal', 'at-120') * 1.9);
    }
    expect(tail('wrr', 'at-120')).toBeGreaterThan(tail('prequal', 'at-120') * 2);
  });

  it('chance and turns reach the timeout before the allocation', () => {
    for (const strategy of ['random', 'round-robin']) {
      expect(lost(told[strategy], { during: 'at-100' })).toBeGreaterThan(0.03);
      expect(tail(strategy, 'at-100')).toBeGreaterThan(tail('two-choices', 'at-100'));
    }
    expect(lost(told['prequal'])).toBe(0);
    expect(lost(told['wrr'])).toBe(0);
  });

  it('Prequal’s tail grows slowly: less than twofold from 1.0 to 1.2', () => {
    expect(tail('prequal', 'at-120')).toBeLessThan(tail('prequal', 'at-100') * 2);
  });
});

describe('heat-weighted-bug', async () => {
  const told = await tell('heat-weighted-bug', { 'run.duration': '70s' });
  const { 'round-robin': turns, heat, 'heat-before-8815': clippedHigh } = told;
  const imbalance = (result: typeof heat) => metric(result, 'imbalance', { during: 'later' });
  const tail = (result: typeof heat) => metric(result, 'latency_p99_s', { during: 'later' });

  it('in turns, the misses of the cold replica drown the disks; heat spares them', () => {
    expect(lost(turns, { before: 'later' })).toBeGreaterThan(0.015);
    expect(lost(heat, { before: 'later' })).toBeLessThan(0.001);
    expect(metric(heat, 'origin_fetches')).toBeLessThan(metric(turns, 'origin_fetches') * 0.85);
  });

  it('20 s later all have nearly their share again', () => {
    expect(imbalance(turns)).toBeLessThan(1.02);
    expect(imbalance(heat)).toBeLessThan(1.2);
    expect(tail(heat)).toBeLessThan(tail(turns) * 2.5);
  });

  it('with hit ratios clipped at 99.9 % the hot ones carry half each, and drown in it', () => {
    // A share of one half is 1.5 times the mean of three.
    expect(imbalance(clippedHigh)).toBeGreaterThan(1.4);
    expect(tail(clippedHigh)).toBeGreaterThan(0.3);
    expect(tail(clippedHigh)).toBeGreaterThan(tail(heat) * 8);
  });

  it('and they drift apart while all are warm', () => {
    const drift = (result: typeof heat) => metric(result, 'imbalance', { before: 'restart' });
    expect(drift(clippedHigh)).toBeGreaterThan(1.04);
    expect(drift(heat)).toBeLessThan(1.03);
  });
});
