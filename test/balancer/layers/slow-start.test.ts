import { describe, expect, test } from 'vitest';
import {
  ActiveRetryBudget,
  BackendTable,
  CircuitBreaker,
  DepositRetryBudget,
  SlowStart,
  slowStartFactor,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';

const LINEAR = { windowNs: 10e9, aggression: 1, leastFactor: 0.1 };

describe('slow start', () => {
  test('the factor: linear from a tenth; an aggression of 2 is a root', () => {
    const at = [0, 1e9, 5e9, 10e9, 20e9];
    expect(at.map((ns) => slowStartFactor(ns, LINEAR))).toEqual([0.1, 0.1, 0.5, 1, 1]);
    expect(slowStartFactor(2.5e9, { ...LINEAR, aggression: 2 })).toBeCloseTo(0.5, 12);
  });

  test('raises the weight in steps, aims at a new one, ends exactly', () => {
    const timers = new FakeTimers();
    const pool = new BackendTable();
    const slow = new SlowStart(pool, timers, LINEAR);
    const backend = pool.add({ id: 'a', weight: 8 });
    slow.begin(backend, 8);
    expect(pool.weight(backend)).toBeCloseTo(0.8, 12);
    timers.runUntil(5e9);
    expect(pool.weight(backend)).toBe(4);
    slow.setWeight(backend, 20);
    timers.runUntil(10e9);
    expect(pool.weight(backend)).toBe(20);
    expect(timers.pendingCount).toBe(0);
    slow.setWeight(backend, 3);
    expect(pool.weight(backend)).toBe(3);
    slow.begin(backend, 3);
    pool.remove(backend);
    timers.runUntil(30e9);
    expect(timers.pendingCount).toBe(0);
  });
});

describe('retry budgets', () => {
  test('five requests pay for one retry at 20 %, for 10 s', () => {
    const budget = new DepositRetryBudget(10e9, 0.2, 0);
    expect(budget.tryRetry(0)).toBe(false);
    for (let i = 0; i < 10; i++) budget.requested(0);
    expect([1, 2, 3].map(() => budget.tryRetry(1e9))).toEqual([true, true, false]);
    for (let i = 0; i < 5; i++) budget.requested(2e9);
    expect(budget.tryRetry(12.5e9)).toBe(false);
  });

  test('so many a second are free: 10 · 10 s at once', () => {
    const budget = new DepositRetryBudget(10e9, 0.2, 10);
    let retries = 0;
    while (budget.tryRetry(0)) retries++;
    expect(retries).toBe(100);
  });

  test('Envoy: a share of what is active, three always', () => {
    let active = 0;
    const budget = new ActiveRetryBudget(() => active);
    expect([1, 2, 3, 4].map(() => budget.tryRetry())).toEqual([true, true, true, false]);
    active = 25;
    expect([1, 2, 3].map(() => budget.tryRetry())).toEqual([true, true, false]);
    budget.retryFinished();
    expect(budget.tryRetry()).toBe(true);
  });
});

test('a circuit breaker refuses what exceeds its limit and counts it', () => {
  const breaker = new CircuitBreaker({ requests: 2, pending: 0, retries: 1 });
  expect([1, 2, 3].map(() => breaker.tryTake('requests'))).toEqual([true, true, false]);
  expect(breaker.isOpen('requests')).toBe(true);
  breaker.release('requests');
  expect(breaker.tryTake('requests')).toBe(true);
  expect(breaker.tryTake('pending')).toBe(false);
  expect(breaker.refused).toEqual({ requests: 1, pending: 1, retries: 0 });
  expect(() => breaker.release('retries')).toThrow(/released twice/);
});
