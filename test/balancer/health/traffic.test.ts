import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  createTrafficWatcher,
  NO_BACKEND,
  policies,
  SuccessRate,
  type BackendIndex,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';
import { readVectors } from '../read-vectors.ts';
import { createTraffic, Trial } from './traffic-trial.ts';

const SECOND_NS = 1e9;

describe('nginx max_fails', () => {
  const { cases } = readVectors<{
    cases: { max_fails: number; fail_timeout_s: number; requests: number; served: number[] }[];
  }>('balancing/hc-nginx-passive.json');

  test.each(cases)(
    'requests served: $served',
    ({ max_fails, fail_timeout_s, requests, served }) => {
      const drops = served[0] === 6;
      const timers = new FakeTimers();
      const policy = policies
        .find(({ name }) => name === 'weighted-round-robin')!
        .create({}, { random: () => 0 });
      const balancer = createBalancer({ policy, clock: timers });
      const { pool } = balancer;
      const options = { max_fails, fail_timeout: `${fail_timeout_s}s` };
      const watcher = createTrafficWatcher({
        tracker: createTraffic('nginx', options),
        pool,
        timers,
      });
      for (const id of ['0', '1']) watcher.watch(pool.add({ id }));
      const counts = [0, 0];
      let reached = 0;
      for (let request = 0; request < requests; request++) {
        for (let isServed = false; !isServed;) {
          const backend = balancer.pick(0, 0);
          expect(backend).not.toBe(NO_BACKEND);
          watcher.started(backend);
          isServed = !(drops && backend === 0 && ++reached % 3 === 0);
          watcher.finished(backend, isServed ? 'success' : 'connect-error');
          if (isServed) counts[backend]!++;
        }
      }
      expect(counts).toEqual(served);
      // Back after more than 10 s, in whole seconds; one failure more is enough then (nginx#599).
      timers.runUntil(10.9e9);
      expect(pool.eligibleCount).toBe(drops ? 1 : 2);
      timers.runUntil(11e9);
      expect(pool.eligibleCount).toBe(2);
      const first = 0 as BackendIndex;
      watcher.started(first);
      watcher.finished(first, 'timeout');
      expect(pool.isEligible(first)).toBe(!drops);
    },
  );

  test('with weights 5, 3 and 1, the second dead: as nginx, executed', () => {
    const { failure_case: row } = readVectors<{
      failure_case: { attempts_per_request: number[][] };
    }>('balancing/lb-wrr-nginx.json');
    const timers = new FakeTimers();
    const policy = policies
      .find(({ name }) => name === 'weighted-round-robin')!
      .create({ max_fails: 2 }, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: timers });
    const { pool } = balancer;
    const watcher = createTrafficWatcher({
      tracker: createTraffic('nginx', { max_fails: 2 }),
      pool,
      timers,
    });
    const names = [0, 18, 2];
    [5, 3, 1].forEach((weight, i) => watcher.watch(pool.add({ id: `${names[i]}`, weight })));
    const tried = row.attempts_per_request.map(() => {
      const attempts: BackendIndex[] = [];
      for (let isServed = false; !isServed;) {
        const backend = balancer.pick(0, attempts.length);
        attempts.push(backend);
        isServed = backend !== 1;
        balancer.start(backend);
        watcher.started(backend);
        balancer.finish(backend, isServed ? 'success' : 'connect-error', 1e6);
        watcher.finished(backend, isServed ? 'success' : 'connect-error');
        // nginx does not try a server twice for one request.
        if (!isServed) pool.setEnabled(backend, false);
      }
      for (const backend of attempts) pool.setEnabled(backend, true);
      return attempts.map((backend) => names[backend]);
    });
    expect(tried).toEqual(row.attempts_per_request);
  });

  test('a success after a quiet fail_timeout clears the count; a single server never goes', () => {
    const trial = new Trial('nginx', { max_fails: 2 }, 2);
    trial.start(0, 0);
    trial.finish(0, 'timeout', 0);
    trial.start(0, 5 * SECOND_NS);
    trial.finish(0, 'success', 5 * SECOND_NS);
    trial.finish(0, 'timeout', 6 * SECOND_NS);
    // Not a sliding window: the success at 5 s cleared nothing.
    expect(trial.isUsable(0)).toBe(false);
    trial.advance(17 * SECOND_NS);
    trial.start(0, 17 * SECOND_NS);
    trial.finish(0, 'success', 17 * SECOND_NS);
    trial.finish(0, 'timeout', 18 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(true);
    const single = new Trial('nginx', {}, 1);
    single.finish(0, 'timeout', 0, 10);
    expect(single.isUsable(0)).toBe(true);
  });
});

describe('failure accrual', () => {
  const vectors = readVectors<{
    consecutive: { n: number; results: (string | null)[] };
    success_rate_requests: {
      required: number;
      window: number;
      successes_first: number;
      failures_until_dead: number;
    };
    min_requests: { required: number; window: number; results: (string | null)[] };
  }>('balancing/hc-finagle-failure-accrual.json');
  const markings = (trial: Trial, count: number) =>
    Array.from({ length: count }, () => {
      trial.finish(0, 'server-error', 0);
      return trial.isUsable(0) ? null : 'mark dead';
    });

  test('failures in a row', () => {
    const { n, results } = vectors.consecutive;
    const options = { consecutive_failures: n, success_rate: null };
    expect(markings(new Trial('finagle', options, 1), results.length)).toEqual(results);
    const reset = new Trial('finagle', options, 1);
    reset.finish(0, 'timeout', 0, n - 1);
    reset.finish(0, 'success', 0);
    reset.finish(0, 'timeout', 0, n - 1);
    expect(reset.isUsable(0)).toBe(true);
  });

  test('success rate over requests: e^(−70 ÷ 100) is the first below ½', () => {
    const { required, window, successes_first, failures_until_dead } =
      vectors.success_rate_requests;
    const rule = new SuccessRate({ required, window: { requests: window }, leastRequests: 5 }, 0);
    for (let i = 0; i < successes_first; i++) rule.succeeded(0);
    let failures = 1;
    while (!rule.failed(0)) failures++;
    expect(failures).toBe(failures_until_dead);
  });

  test('not before enough requests', () => {
    const { required, window, results } = vectors.min_requests;
    const options = {
      consecutive_failures: null,
      success_rate: required,
      window_requests: window,
    };
    expect(markings(new Trial('finagle', options, 1), results.length)).toEqual(results);
  });

  test('success rate over time: requests older than the window do not count', () => {
    const options = { consecutive_failures: null, window: '10s', min_requests: 3 };
    const trial = new Trial('finagle', options, 1);
    trial.finish(0, 'timeout', 0, 2);
    trial.finish(0, 'timeout', 20 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(true);
    trial.finish(0, 'timeout', 21 * SECOND_NS, 2);
    expect(trial.isUsable(0)).toBe(false);
  });

  test('success rate over time: not before the window has passed, since a revival as well', () => {
    const options = { consecutive_failures: null, window: '10s', min_requests: 1, backoff: '5s' };
    const trial = new Trial('finagle', options, 1);
    trial.finish(0, 'timeout', 9.9 * SECOND_NS, 20);
    expect(trial.isUsable(0)).toBe(true);
    trial.finish(0, 'timeout', 10 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(false);
    trial.advance(15 * SECOND_NS);
    trial.start(0, 15 * SECOND_NS);
    trial.finish(0, 'success', 15 * SECOND_NS);
    trial.finish(0, 'timeout', 24.9 * SECOND_NS, 20);
    expect(trial.isUsable(0)).toBe(true);
    trial.finish(0, 'timeout', 25 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(false);
  });

  test('Finagle’s back-off: 5 s, then half of it certain and half by chance, up to 300 s', () => {
    const trial = new Trial('finagle', {}, 1);
    trial.finish(0, 'timeout', 0, 5);
    let atNs = 0;
    const delaysS: number[] = [];
    for (let death = 0; death < 12; death++) {
      const dueNs = trial.tracker.dueNs();
      delaysS.push((dueNs - atNs) / SECOND_NS);
      atNs = dueNs;
      trial.advance(atNs);
      trial.start(0, atNs);
      trial.finish(0, 'timeout', atNs);
    }
    expect(delaysS[0]).toBe(5);
    for (let death = 1; death <= 6; death++) {
      expect(delaysS[death]).toBeGreaterThanOrEqual(5 * 2 ** (death - 1));
      expect(delaysS[death]).toBeLessThan(5 * 2 ** death);
    }
    expect(new Set(delaysS.slice(8))).toEqual(new Set([300]));
  });

  test('Linkerd’s back-off never passes its maximum', () => {
    const trial = new Trial('linkerd', { max_failures: 1, min_penalty: '50s' }, 1);
    trial.finish(0, 'timeout', 0);
    const firstNs = trial.tracker.dueNs();
    expect(firstNs).toBeGreaterThan(50 * SECOND_NS);
    expect(firstNs).toBeLessThanOrEqual(60 * SECOND_NS);
    trial.advance(firstNs);
    trial.start(0, firstNs);
    trial.finish(0, 'timeout', firstNs);
    expect(trial.tracker.dueNs()).toBe(firstNs + 60 * SECOND_NS);
  });

  test('a failed trial that Finagle’s rule finds harmless is followed by another trial', () => {
    const options = { consecutive_failures: null, window: '10s', min_requests: 3, backoff: '60s' };
    const trial = new Trial('finagle', options, 1);
    trial.finish(0, 'timeout', 10 * SECOND_NS, 3);
    trial.advance(70 * SECOND_NS);
    for (let attempt = 0; attempt < 2; attempt++) {
      trial.start(0, 70 * SECOND_NS);
      expect(trial.isUsable(0)).toBe(false);
      trial.finish(0, 'timeout', 70 * SECOND_NS);
      expect(trial.isUsable(0)).toBe(true);
    }
    trial.start(0, 70 * SECOND_NS);
    trial.finish(0, 'timeout', 70 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(false);
    expect(trial.tracker.dueNs()).toBeGreaterThanOrEqual(130 * SECOND_NS);
  });

  test('back-off doubles; one trial request at a time decides', () => {
    const trial = new Trial('linkerd', { max_failures: 2, jitter: 0 }, 1);
    trial.finish(0, 'timeout', 0, 2);
    expect(trial.tracker.dueNs()).toBe(SECOND_NS);
    trial.advance(SECOND_NS);
    expect(trial.isUsable(0)).toBe(true);
    trial.start(0, SECOND_NS);
    expect(trial.isUsable(0)).toBe(false);
    trial.finish(0, 'timeout', SECOND_NS);
    expect(trial.tracker.dueNs()).toBe(3 * SECOND_NS);
    trial.advance(3 * SECOND_NS);
    trial.start(0, 3 * SECOND_NS);
    trial.finish(0, 'success', 3 * SECOND_NS);
    expect(trial.reported).toEqual(['0 down', '0 up', '0 down', '0 up', '0 down', '0 up']);
    trial.finish(0, 'timeout', 4 * SECOND_NS, 2);
    expect(trial.tracker.dueNs()).toBe(5 * SECOND_NS);
  });
});
