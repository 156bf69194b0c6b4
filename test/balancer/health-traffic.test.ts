import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  createTrafficWatcher,
  healthChecks,
  NO_BACKEND,
  policies,
  SuccessRate,
  type BackendIndex,
  type Outcome,
  type TrafficTracker,
} from '../../balancer/index.ts';
import { outlierThreshold } from '../../balancer/health/traffic/success-rates.ts';
import { FakeTimers } from './fake-timers.ts';
import { readVectors } from './read-vectors.ts';

const SECOND_NS = 1e9;

function createTraffic(name: string, options: unknown): TrafficTracker {
  const definition = healthChecks.find((check) => check.name === name)!;
  if (definition.kind !== 'traffic') throw new Error(`${name} is no passive check`);
  return definition.create(options, { random: seedrandom.alea(name) });
}

/** A tracker with backends, and the transitions it has reported. */
class Trial {
  readonly tracker: TrafficTracker;
  readonly reported: string[] = [];

  constructor(name: string, options: unknown, backendCount: number) {
    this.tracker = createTraffic(name, options);
    for (let i = 0; i < backendCount; i++) this.tracker.join(i as BackendIndex, 0);
  }

  start(backend: number, nowNs: number): void {
    this.tracker.started?.(backend as BackendIndex, nowNs, this.report);
  }

  finish(backend: number, outcome: Outcome, nowNs: number, times = 1): void {
    for (let i = 0; i < times; i++) {
      this.tracker.finished(backend as BackendIndex, outcome, nowNs, this.report);
    }
  }

  advance(nowNs: number): void {
    this.tracker.advance(nowNs, this.report);
  }

  isUsable(backend: number): boolean {
    return this.tracker.isUsable(backend as BackendIndex);
  }

  readonly report = (backend: number, transition: string) =>
    void this.reported.push(`${backend} ${transition}`);
}

describe('outlier detection', () => {
  const vectors = readVectors<{
    envoy_success_rate: { success_rates: number[]; threshold: number; requests_per_host: number };
    envoy_timeline: { checks: [number, string][]; ejected_at_ms: number };
    envoy_max_ejection: {
      cases: { hosts: number; ejected: number; percent: number; ejects: boolean }[];
    };
    grpc_cases: Record<string, number | string>[];
  }>('balancing/hc-outlier-detection.json');

  test('success rate: 90 − 1.9 · 20 = 52, and who is at 50 goes', () => {
    const {
      success_rates: rates,
      threshold,
      requests_per_host: requests,
    } = vectors.envoy_success_rate;
    expect(outlierThreshold(rates, 1.9)).toBe(threshold);
    const options = { max_ejection_percent: 100, consecutive_5xx: 1000 };
    const trial = new Trial('envoy-outliers', options, rates.length);
    rates.forEach((rate, host) => {
      for (let i = 0; i < requests; i++) {
        trial.finish(host, (i * rate) % 100 < rate ? 'success' : 'server-error', 1);
      }
    });
    expect(trial.reported).toEqual([]);
    trial.advance(10 * SECOND_NS);
    expect(trial.reported).toEqual(['0 down']);
  });

  test('the timeline: out at 10 s for 30 s', () => {
    const { checks, ejected_at_ms: ejectedMs } = vectors.envoy_timeline;
    const trial = new Trial('envoy-outliers', { max_ejection_percent: 100 }, 1);
    trial.finish(0, 'server-error', ejectedMs * 1e6, 5);
    for (const [ms, state] of checks) {
      trial.advance(ms * 1e6);
      expect([ms, trial.isUsable(0)]).toEqual([ms, state === 'un-ejected']);
    }
  });

  test.each(vectors.envoy_max_ejection.cases)(
    'Envoy: $ejected of $hosts out, $percent %: ejects $ejects',
    ({ hosts, ejected, percent, ejects }) => {
      const trial = new Trial('envoy-outliers', { max_ejection_percent: percent }, hosts);
      for (let host = 0; host <= ejected; host++) trial.finish(host, 'timeout', 1, 5);
      expect(trial.isUsable(ejected)).toBe(!ejects);
      const old = { max_ejection_percent: percent, always_eject_one_host: true };
      const first = new Trial('envoy-outliers', old, hosts);
      first.finish(0, 'timeout', 1, 5);
      expect(first.isUsable(0)).toBe(false);
    },
  );

  test.each(vectors.grpc_cases)('gRPC: $name', (written) => {
    const {
      failing,
      enforcement,
      max_ejection_percent: most,
      ejections,
    } = {
      ...vectors.grpc_cases[0],
      ...written,
    } as Record<string, number>;
    const trial = new Trial(
      'grpc-outliers',
      {
        max_ejection_percent: most,
        failure_percentage: {
          threshold: 50,
          enforcement_percentage: enforcement! / 100,
          minimum_hosts: 3,
          request_volume: 3,
        },
      },
      3,
    );
    for (let host = 0; host < 3; host++) {
      trial.finish(host, host < failing! ? 'server-error' : 'success', 1, 5);
    }
    trial.advance(10 * SECOND_NS);
    expect(trial.reported).toHaveLength(ejections!);
  });

  test('at the threshold exactly: Envoy ejects, gRPC does not', () => {
    const at50 = { minimum_hosts: 1, request_volume: 2, threshold: 50 };
    const grpc = new Trial('grpc-outliers', { failure_percentage: at50 }, 2);
    const envoy = new Trial(
      'envoy-outliers',
      {
        max_ejection_percent: 50,
        enforcing_failure_percentage: 1,
        failure_percentage_threshold: 50,
        failure_percentage_minimum_hosts: 1,
        failure_percentage_request_volume: 2,
      },
      2,
    );
    for (const trial of [grpc, envoy]) {
      trial.finish(0, 'timeout', 1);
      trial.finish(0, 'success', 1);
      trial.advance(10 * SECOND_NS);
    }
    expect(grpc.reported).toEqual([]);
    expect(envoy.reported).toEqual(['0 down']);
  });

  test('back-off: out for 30 s, then 60 s; forgotten by a step per quiet interval', () => {
    const trial = new Trial('envoy-outliers', { max_ejection_percent: 100 }, 1);
    const returnsAfter = (fromS: number) => {
      trial.finish(0, 'timeout', fromS * SECOND_NS, 5);
      let atS = fromS;
      while (!trial.isUsable(0)) trial.advance(++atS * SECOND_NS);
      return atS - fromS;
    };
    expect(returnsAfter(0)).toBe(30);
    expect(returnsAfter(30)).toBe(60);
    // Two quiet intervals take both steps away.
    trial.advance(110 * SECOND_NS);
    expect(returnsAfter(110)).toBe(30);
  });

  test('gateway failures: a 500 is none; a success ends both rows', () => {
    const options = {
      max_ejection_percent: 100,
      consecutive_5xx: 100,
      consecutive_gateway_failure: 3,
      enforcing_consecutive_gateway_failure: 1,
    };
    const trial = new Trial('envoy-outliers', options, 1);
    trial.finish(0, 'rejected', 1, 2);
    trial.finish(0, 'server-error', 1);
    trial.finish(0, 'connect-error', 1, 2);
    trial.finish(0, 'success', 1);
    trial.finish(0, 'timeout', 1, 2);
    expect(trial.isUsable(0)).toBe(true);
    trial.finish(0, 'rejected', 1);
    expect(trial.isUsable(0)).toBe(false);
  });
});

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
    const rule = new SuccessRate({ required, window: { requests: window }, leastRequests: 5 });
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
      min_requests: results.length,
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
