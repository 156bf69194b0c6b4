import { describe, expect, it } from 'vitest';
import { metric, shareOf, tell } from './tell.ts';

/** Turns that keep the shares and bunch the picks, against turns that do not. */

describe('wrr-burst', async () => {
  const told = await tell('wrr-burst', { 'run.duration': '10s', 'run.warmup': '1s' });
  const SMOOTH = ['smooth', 'edf', 'stride'];

  it('the shares are those of the weights, 11 of 14, whatever the order', () => {
    for (const result of Object.values(told)) {
      expect(shareOf(result, 'lab/a')).toBeCloseTo(11 / 14, 3);
    }
  });

  it.each(SMOOTH)('%s: nobody waits for long; the longest is the work at B, 10 ÷ 3 ms', (name) => {
    expect(metric(told[name], 'latency_max_s')).toBeLessThan(0.0035);
    expect(metric(told[name], 'queue_wait_mean_s')).toBeLessThan(0.0001);
  });

  it('in bursts the mean wait is five times as long, and p99 twice the work', () => {
    const waitOf = (name: string) => metric(told[name], 'queue_wait_mean_s');
    expect(waitOf('naive')).toBeGreaterThan(waitOf('smooth') * 5);
    expect(metric(told['naive'], 'latency_p99_s')).toBeGreaterThan(0.0065);
  });
});

describe('edf-equal-weights', async () => {
  const told = await tell('edf-equal-weights', { 'run.duration': '5s', 'run.warmup': '1s' });

  it.each(['ties-in-order', 'stride', 'round-robin'])('%s: nobody waits', (strategy) => {
    expect(metric(told[strategy], 'latency_max_s')).toBeCloseTo(0.0009, 6);
  });

  it('picks that repeat make every second request wait 0.4 ms, at equal shares', () => {
    expect(shareOf(told['ties-by-heap'], 'lab/0')).toBeCloseTo(0.5, 3);
    expect(metric(told['ties-by-heap'], 'queue_wait_mean_s')).toBeCloseTo(0.0002, 6);
    expect(metric(told['ties-by-heap'], 'latency_max_s')).toBeCloseTo(0.0013, 6);
  });
});
