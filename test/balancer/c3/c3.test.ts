import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { cubicRate, saddleMs } from '../../../balancer/c3/cubic-rate.ts';
import { C3_RATES, RateControl } from '../../../balancer/c3/rate-control.ts';
import {
  Backpressure,
  createBalancer,
  policies,
  type BackendIndex,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';

const MS = 1e6;

describe('the cubic curve', () => {
  // γ (t − ∛(β R₀ ÷ γ))³ + R₀ with β = 0.2 and γ = 4 · 10⁻⁶.
  test.each([
    [0, 10, 0.8 * 10],
    [Math.cbrt(5e5), 10, 10],
    [2 * Math.cbrt(5e5), 10, 1.2 * 10],
    [100, 20, 4e-6 * (100 - 100) ** 3 + 20],
    [150, 20, 4e-6 * 50 ** 3 + 20],
    [500, 3, 4e-6 * (500 - Math.cbrt(1.5e5)) ** 3 + 3],
  ])('%f ms after a decrease from %f: %f', (sinceMs, rateBefore, expected) => {
    expect(cubicRate(sinceMs, rateBefore, C3_RATES)).toBeCloseTo(expected, 9);
  });

  test('the saddle of a rate of 20 an interval is 100 ms away', () => {
    expect(saddleMs(20, C3_RATES)).toBeCloseTo(100, 9);
  });
});

describe('rate control', () => {
  const controlOf = () => {
    const control = new RateControl();
    control.reserve(1);
    return control;
  };

  test('ten tokens to begin with, then ten in 20 ms', () => {
    const control = controlOf();
    for (let i = 0; i < 10; i++) {
      expect(control.waitNs(0, 0)).toBe(0);
      control.sent(0, 0);
    }
    expect(control.waitNs(0, 0)).toBe(2 * MS);
    expect(control.waitNs(0, 1 * MS)).toBe(1 * MS);
    // One more than allowed is owed.
    control.sent(0, 0);
    expect(control.waitNs(0, 0)).toBe(4 * MS);
  });

  test('answers slower than the rate cut it to a fifth, and again with the next one', () => {
    const control = controlOf();
    control.answered(0, 0);
    expect(control.rate(0)).toBe(10);
    control.answered(0, 25 * MS);
    expect(control.rate(0)).toBe(2);
    control.answered(0, 26 * MS);
    expect(control.rate(0)).toBeCloseTo(0.4, 12);
  });

  test('answers faster than the rate raise it along the curve, by ten at most, and hold it', () => {
    const control = controlOf();
    control.answered(0, 0);
    control.answered(0, 25 * MS);
    expect(control.rate(0)).toBe(2);
    // 30 answers in an interval: 0.1 · 30 + 0.9 · 0.1 = 3.09 is above 2.
    for (let i = 0; i < 29; i++) control.answered(0, 39 * MS);
    const cut = control.rate(0);
    control.answered(0, 41 * MS);
    expect(cut).toBeLessThan(0.4);
    expect(control.rate(0)).toBeGreaterThan(cut);
    expect(control.rate(0) - cut).toBeLessThanOrEqual(10);
    const raised = control.rate(0);
    // Far above the rate of answers soon, but nothing falls for two intervals.
    control.answered(0, 70 * MS);
    expect(control.rate(0)).toBeGreaterThanOrEqual(Math.min(raised, 10));
  });
});

describe('the policy', () => {
  const c3 = policies.find(({ name }) => name === 'c3')!;
  const clusterOf = (options: object) => {
    const clock = { nowNs: 0 };
    const policy = c3.create(options, { random: seedrandom.alea('c3') });
    const balancer = createBalancer({ policy, clock });
    for (const id of ['fast', 'slow']) balancer.add({ id });
    balancer.pick(0, 0);
    [1, 30].forEach((ms, i) => {
      balancer.start(i as BackendIndex);
      balancer.finish(i as BackendIndex, 'success', ms * MS);
    });
    return { balancer, clock };
  };
  const burst = (options: object) => {
    const { balancer } = clusterOf(options);
    const picks = Array.from({ length: 24 }, () => {
      const waits = balancer.waitNs() > 0;
      const picked = balancer.pick(0, 0);
      balancer.start(picked);
      balancer.finish(picked, 'success', (picked === 0 ? 1 : 30) * MS);
      return { picked, waits };
    });
    return picks;
  };

  test('the best is picked while it is within its rate, then the next; then all wait', () => {
    const picks = burst({ rate_control: true });
    expect(picks.slice(0, 9).map(({ picked }) => picked)).toEqual(Array(9).fill(0));
    expect(picks.slice(9, 18).map(({ picked }) => picked)).toEqual(Array(9).fill(1));
    expect(picks.map(({ waits }) => waits)).toEqual([
      ...Array(18).fill(false),
      ...Array(6).fill(true),
    ]);
  });

  test('without rate control the best takes all', () => {
    expect(burst({}).every(({ picked, waits }) => picked === 0 && !waits)).toBe(true);
  });
});

test('backpressure: a queue in order, released as tokens come', () => {
  const timers = new FakeTimers();
  const c3 = policies.find(({ name }) => name === 'c3')!;
  const policy = c3.create({ rate_control: true }, { random: seedrandom.alea('queue') });
  const balancer = createBalancer({ policy, clock: timers });
  balancer.add({ id: 'only' });
  const backpressure = new Backpressure(balancer, timers);
  const sent: { key: number; atNs: number }[] = [];
  for (let key = 0; key < 14; key++) {
    backpressure.pick(key, 0, (backend) => {
      balancer.start(backend);
      sent.push({ key, atNs: timers.nowNs });
    });
  }
  expect(sent).toHaveLength(10);
  expect(backpressure.waitingCount).toBe(4);
  timers.runUntil(20 * MS);
  expect(sent.map(({ key }) => key)).toEqual(Array.from({ length: 14 }, (_, key) => key));
  // Ten in 20 ms.
  expect(sent.slice(10).map(({ atNs }) => atNs / MS)).toEqual([2, 4, 6, 8]);
});
