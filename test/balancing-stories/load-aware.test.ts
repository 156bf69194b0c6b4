import { describe, expect, it } from 'vitest';
import { lost, metric, shareOf, tell } from './tell.ts';

/** Reported effects of looking at load and latency, each against what cures it. */

describe('ewma-fast-failure', async () => {
  const told = await tell('ewma-fast-failure');
  const failed = (strategy: string) => lost(told[strategy], { during: 'broken' });

  it('counted by its latency, the broken one of two takes all', () => {
    // linkerd2#5017: 489.7 of 500 requests a second, 98 %.
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
