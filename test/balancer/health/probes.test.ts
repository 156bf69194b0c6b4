import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  createHealthChecker,
  type EnvoyActiveTracker,
  healthChecks,
  policies,
  type RiseFallTracker,
  WindowTracker,
  type BackendIndex,
  type ProbeOutcome,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';
import { readVectors } from '../read-vectors.ts';

const BACKEND = 0 as BackendIndex;
const noRandom = () => 0;

function createProbes<T>(name: string, options: unknown): T {
  const definition = healthChecks.find((check) => check.name === name)!;
  return definition.create(options, { random: noRandom }) as unknown as T;
}

describe('window (Varnish, Fastly)', () => {
  const { traces } = readVectors<{
    traces: {
      window: number;
      threshold: number;
      initial: number;
      probes: string;
      state_at_load: [string, number];
      after_each_probe: [string, number][];
    }[];
  }>('balancing/hc-varnish-probe.json');

  test.each(traces)('as varnishd: $window/$threshold/$initial', (trace) => {
    const { window, threshold, initial } = trace;
    const tracker = new WindowTracker({ window, threshold, initial, intervalNs: 5e9 });
    const state = () => [
      tracker.isHealthy(BACKEND) ? 'healthy' : 'sick',
      tracker.passCount(BACKEND),
    ];
    tracker.reset(BACKEND);
    expect(state()).toEqual(trace.state_at_load);
    const states = [...trace.probes].map((probe) => {
      tracker.observe(BACKEND, probe === 'P' ? 'pass' : 'fail');
      return state();
    });
    expect(states).toEqual(trace.after_each_probe);
  });

  test('defaults: Fastly begins healthy, Varnish one pass short of it', () => {
    const fastly = createProbes<WindowTracker>('fastly', {});
    expect([fastly.isHealthy(BACKEND), fastly.passCount(BACKEND)]).toEqual([true, 3]);
    const varnish = createProbes<WindowTracker>('varnish', {});
    expect([varnish.isHealthy(BACKEND), varnish.passCount(BACKEND)]).toEqual([false, 2]);
    expect(varnish.observe(BACKEND, 'pass')).toBe('up');
    expect(() => createProbes('fastly', { window: 2, threshold: 3 })).toThrow(/within the window/);
  });
});

describe('rise and fall (HAProxy)', () => {
  const ms = { interval: '2s', fast_interval: '500ms', down_interval: '7s' };
  const run = (tracker: RiseFallTracker, probes: string) =>
    [...probes].map((probe) => {
      tracker.observe(BACKEND, probe === 'P' ? 'pass' : 'fail');
      return tracker.counter(BACKEND);
    });

  test('counts 0 … rise + fall − 1 = 4; up from 2; fills and empties when it crosses', () => {
    const tracker = createProbes<RiseFallTracker>('haproxy', {});
    expect(tracker.counter(BACKEND)).toBe(2);
    // One failure from down at the start; then 2 passes fill it, 3 failures empty it.
    expect(run(tracker, 'FPFPPFFPFFF')).toEqual([0, 1, 0, 1, 4, 3, 2, 4, 3, 2, 0]);
  });

  test.each([
    ['fully-up', 4],
    ['up', 2],
    ['down', 1],
    ['fully-down', 0],
  ])('init-state %s', (init_state, counter) => {
    expect(createProbes<RiseFallTracker>('haproxy', { init_state }).counter(BACKEND)).toBe(counter);
  });

  test('intervals: full, between, empty; and spread either way', () => {
    const tracker = createProbes<RiseFallTracker>('haproxy', { ...ms, init_state: 'fully-up' });
    const after = (probe: ProbeOutcome) => {
      tracker.observe(BACKEND, probe);
      return tracker.drawIntervalNs(BACKEND, noRandom) / 1e6;
    };
    expect(tracker.drawIntervalNs(BACKEND, noRandom)).toBe(2e9);
    const outcomes: ProbeOutcome[] = ['fail', 'fail', 'fail', 'pass', 'fail', 'pass', 'pass'];
    expect(outcomes.map(after)).toEqual([500, 500, 7000, 500, 7000, 500, 2000]);
    const spread = createProbes<RiseFallTracker>('haproxy', { spread: '50%' });
    expect(spread.drawIntervalNs(BACKEND, () => 0)).toBe(1e9);
    expect(spread.drawIntervalNs(BACKEND, () => 0.75)).toBe(2.5e9);
  });

  test.each([
    ['fastinter', [4, 4]],
    ['fail-check', [3, 2]],
    ['sudden-death', [2, 0]],
    ['mark-down', [0, 0]],
  ])('observe, on-error %s: two errors in a row, twice', (on_error, counters) => {
    const options = { on_error, error_limit: 2, init_state: 'fully-up' };
    const tracker = createProbes<RiseFallTracker>('haproxy', options);
    const seen = [0, 1].map(() => {
      tracker.observeTraffic(BACKEND, true);
      tracker.observeTraffic(BACKEND, false);
      tracker.observeTraffic(BACKEND, true);
      tracker.observeTraffic(BACKEND, true);
      return tracker.counter(BACKEND);
    });
    expect(seen).toEqual(counters);
  });
});

describe('Envoy', () => {
  const options = {
    interval: '1s',
    unhealthy_interval: '2s',
    healthy_edge_interval: '3s',
    unhealthy_edge_interval: '4s',
    no_traffic_interval: '50s',
    no_traffic_healthy_interval: '60s',
    healthy_threshold: 3,
    unhealthy_threshold: 2,
  };
  const names: Record<number, string> = {
    1e9: 'interval',
    2e9: 'unhealthy_interval',
    3e9: 'healthy_edge_interval',
    4e9: 'unhealthy_edge_interval',
    50e9: 'no_traffic_interval',
    60e9: 'no_traffic_healthy_interval',
  };
  const observe = (tracker: EnvoyActiveTracker, outcome: ProbeOutcome) => {
    tracker.observe(BACKEND, outcome);
    const interval = names[tracker.drawIntervalNs(BACKEND, noRandom)];
    return [tracker.isHealthy(BACKEND) ? 'healthy' : 'unhealthy', interval];
  };
  const { example } = readVectors<{
    example: { sequence: ['fail' | 'ok', string, string][] };
  }>('balancing/hc-envoy-active.json');

  test("the source's own example", () => {
    const tracker = createProbes<EnvoyActiveTracker>('envoy', options);
    tracker.trafficBegan();
    for (const [result, state, interval] of example.sequence) {
      const seen = observe(tracker, result === 'ok' ? 'pass' : 'fail');
      // Its fourth result completes the change; the comment counts the state after it.
      expect(seen).toEqual([state, interval]);
    }
  });

  test('the first result decides; a wrong answer does so at any time', () => {
    const tracker = createProbes<EnvoyActiveTracker>('envoy', options);
    tracker.trafficBegan();
    expect(tracker.isHealthy(BACKEND)).toBe(false);
    expect(observe(tracker, 'pass')).toEqual(['healthy', 'interval']);
    expect(observe(tracker, 'fail')).toEqual(['healthy', 'unhealthy_edge_interval']);
    expect(observe(tracker, 'pass')).toEqual(['healthy', 'interval']);
    expect(observe(tracker, 'fail')).toEqual(['healthy', 'unhealthy_edge_interval']);
    expect(observe(tracker, 'fail')).toEqual(['unhealthy', 'unhealthy_interval']);
    const strict = createProbes<EnvoyActiveTracker>('envoy', options);
    strict.observe(BACKEND, 'pass');
    expect(strict.observe(BACKEND, 'wrong-answer')).toBe('down');
    const lenient = createProbes<EnvoyActiveTracker>('envoy', { ...options, retriable: true });
    lenient.observe(BACKEND, 'pass');
    expect(lenient.observe(BACKEND, 'wrong-answer')).toBeUndefined();
    expect(lenient.observe(BACKEND, 'wrong-answer')).toBe('down');
  });

  test('without traffic the intervals are long; jitter is added only', () => {
    const tracker = createProbes<EnvoyActiveTracker>('envoy', options);
    expect(observe(tracker, 'fail')).toEqual(['unhealthy', 'no_traffic_interval']);
    const jittered = { ...options, interval_jitter_ratio: 0.5, interval_jitter: '100ms' };
    const other = createProbes<EnvoyActiveTracker>('envoy', jittered);
    other.trafficBegan();
    other.observe(BACKEND, 'pass');
    // 1 s + ½ · 50 % of it + ½ · 100 ms.
    expect(other.drawIntervalNs(BACKEND, () => 0.5)).toBe(1.3e9);
  });
});

test('the checker starts as its tracker says and waits as it says', () => {
  const timers = new FakeTimers();
  const policy = policies[0]!.create({}, { random: noRandom });
  const { pool } = createBalancer({ policy, clock: timers });
  const backend = pool.add({ id: 'a' });
  const probedAtMs: number[] = [];
  const checker = createHealthChecker({
    pool,
    timers,
    random: noRandom,
    intervalNs: 1e9,
    timeoutNs: 1e9,
    fall: 1,
    rise: 1,
    jitterRatio: 0,
    tracker: createProbes<RiseFallTracker>('haproxy', {
      interval: '2s',
      fast_interval: '500ms',
      init_state: 'fully-down',
    }),
    prober: {
      probe: (_backend, done) => {
        probedAtMs.push(timers.nowNs / 1e6);
        timers.after(1e6, () => done('pass'));
      },
    },
  });
  checker.start();
  expect(pool.isHealthy(backend)).toBe(false);
  timers.runUntil(5e9);
  // Empty, one pass (fast), full (slow) …
  expect(probedAtMs).toEqual([0, 500, 2500, 4500]);
  expect(pool.isHealthy(backend)).toBe(true);
});
