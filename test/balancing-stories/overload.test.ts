import { describe, expect, it } from 'vitest';
import { availabilityAtTheEnd, lost, metric, tell } from './tell.ts';

/** Reported effects of overload, each against what cures it. */

describe('retry-budget-misread', async () => {
  const told = await tell('retry-budget-misread');
  const perRequest = (strategy: string) =>
    metric(told[strategy], 'balancer_retries') / metric(told[strategy], 'requests');

  it('20 % of what is active allows everything while failures are instant', () => {
    expect(perRequest('active-20')).toBeCloseTo(1, 1);
    expect(perRequest('none')).toBeCloseTo(1, 1);
  });

  it('deposits allow a fifth, and so does the active share where failures take their time', () => {
    // Deposits of the pre-run last ten seconds more.
    expect(perRequest('deposit-20')).toBeGreaterThan(0.19);
    expect(perRequest('deposit-20')).toBeLessThan(0.26);
    expect(perRequest('active-20-slow-failures')).toBeLessThan(0.3);
    expect(perRequest('active-20-slow-failures')).toBeGreaterThan(0.15);
  });
});

describe('retry-storm', async () => {
  const { retries, 'no-retries': none, budget } = await tell('retry-storm');

  it('three slow seconds keep the service down for good', () => {
    expect(lost(retries, { before: 'hiccup' })).toBeLessThan(0.01);
    expect(availabilityAtTheEnd(retries, 10)).toBeLessThan(0.3);
    const [attempts, requests] = ['retries', 'requests'].map((key) =>
      metric(retries, key, { after: 'hiccup' }),
    );
    expect(1 + attempts! / requests!).toBeGreaterThan(2.5);
  });

  it('who does not retry, or by budget, is back when the hiccup is over', () => {
    for (const cure of [none, budget]) {
      expect(lost(cure, { during: 'hiccup' })).toBeGreaterThan(0.9);
      expect(lost(cure, { after: 'hiccup' })).toBeLessThan(0.01);
    }
  });
});

describe('retry-depth', async () => {
  const told = await tell('retry-depth');
  const fetchesPerRequest = (strategy: string) =>
    metric(told[strategy], 'origin_fetches', { during: 'outage' }) /
    metric(told[strategy], 'requests', { during: 'outage' });

  it('three attempts at three layers are 27 at the origin', () => {
    expect(fetchesPerRequest('every-layer')).toBeGreaterThan(26);
    expect(fetchesPerRequest('every-layer')).toBeLessThanOrEqual(27.1);
  });

  it('three at one layer are three; budgets keep it below two', () => {
    expect(fetchesPerRequest('origin-only')).toBeCloseTo(3, 1);
    expect(fetchesPerRequest('client-only')).toBeCloseTo(3, 1);
    expect(fetchesPerRequest('budgets')).toBeLessThan(2);
  });

  it('nobody is served any better for it', () => {
    expect(lost(told['every-layer'], { during: 'outage' })).toBeGreaterThan(0.97);
  });
});

describe('metastable-cache', async () => {
  const told = await tell('metastable-cache', { 'run.duration': '60s', 'run.warmup': '10s' });
  const atTheEnd = (strategy: string) => availabilityAtTheEnd(told[strategy], 15);

  it('the flush lasts 0.1 s, and the cache that was fine before stays down', () => {
    expect(lost(told['storm'], { before: 'flush' })).toBeLessThan(0.01);
    expect(atTheEnd('storm')).toBeLessThan(0.5);
  });

  it('a fifth of the retries is still too much for it', () => {
    expect(atTheEnd('budget')).toBeLessThan(0.6);
  });

  it.each(['no-retries', 'half-load'])('%s recovers', (strategy) => {
    expect(atTheEnd(strategy)).toBeGreaterThan(0.99);
  });
});

describe('cold-start-herd', async () => {
  const told = await tell('cold-start-herd', { 'run.duration': '90s' });
  const { 'at-once': together, 'in-turn': apart } = told;

  it('cold caches together drown the origin, one after the other they do not', () => {
    expect(lost(together, { after: 'start' })).toBeGreaterThan(0.05);
    expect(lost(together)).toBeGreaterThan(0.05);
    expect(lost(apart)).toBeLessThan(0.001);
  });

  it('who waits for answers asks the origin once, who fails asks again', () => {
    expect(metric(together, 'origin_fetches')).toBeGreaterThan(
      metric(apart, 'origin_fetches') * 1.5,
    );
  });
});
