import { describe, expect, test } from 'vitest';
import { ActiveRetryBudget, DepositRetryBudget } from '../../../balancer/index.ts';

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
