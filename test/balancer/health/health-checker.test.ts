import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  BackendTable,
  createHealthChecker,
  type BackendIndex,
  type HealthCheckSettings,
  type Prober,
  type ProbeOutcome,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';
import { readVectors } from '../read-vectors.ts';

const SECOND = 1e9;

const SETTINGS: HealthCheckSettings = {
  intervalNs: 2 * SECOND,
  timeoutNs: SECOND,
  fall: 3,
  rise: 2,
  jitterRatio: 0,
};

interface Probe {
  readonly backend: BackendIndex;
  readonly atNs: number;
  readonly done: (outcome: ProbeOutcome) => void;
}

/** Answers each probe after `delayNs`, or never. */
function setUp(settings: HealthCheckSettings, backendCount: number, delayNs = 1e6, seed = 'seed') {
  const timers = new FakeTimers();
  const pool = new BackendTable();
  for (let i = 0; i < backendCount; i++) pool.add({ id: `b${i}` });
  const probes: Probe[] = [];
  const isDead = new Set<number>();
  const prober: Prober = {
    probe(backend, done) {
      probes.push({ backend, atNs: timers.nowNs, done });
      if (!isDead.has(backend)) timers.after(delayNs, () => done('pass'));
    },
  };
  const transitions: [number, string, number][] = [];
  const checker = createHealthChecker({
    ...settings,
    pool,
    timers,
    prober,
    random: seedrandom.alea(seed),
    onTransition: (backend, transition, atNs) => transitions.push([backend, transition, atNs]),
  });
  return { timers, pool, probes, isDead, checker, transitions };
}

test('first probes are spread over one interval, then one every interval', () => {
  const { timers, probes, checker } = setUp(SETTINGS, 20);
  checker.start();
  timers.runUntil(10 * SECOND - 1);
  expect(probes.length).toBe(100);
  const first = probes.slice(0, 20).map(({ atNs }) => atNs);
  expect(new Set(first).size).toBe(20);
  expect(Math.max(...first)).toBeLessThan(2 * SECOND);
  const ofOne = probes.filter(({ backend }) => backend === 4).map(({ atNs }) => atNs);
  ofOne.slice(1).forEach((atNs, i) => expect(atNs - ofOne[i]!).toBe(2 * SECOND));
});

test('jitter spreads the intervals over 1 ± jitter about their mean', () => {
  const { timers, probes, checker } = setUp({ ...SETTINGS, jitterRatio: 0.25 }, 1);
  checker.start();
  timers.runUntil(4000 * SECOND);
  const gaps = probes.slice(1).map(({ atNs }, i) => (atNs - probes[i]!.atNs) / SECOND);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1.5);
  expect(Math.max(...gaps)).toBeLessThan(2.5);
  // Uniform on [1.5, 2.5): s.d. 0.289, so the mean of 2000 has a s.e. of 0.0065.
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  expect(Math.abs(mean - 2)).toBeLessThan(0.026);
  expect(Math.min(...gaps)).toBeLessThan(1.51);
});

describe('detection of a hard failure', () => {
  const DYING = 400;
  interface DetectCase {
    readonly id: string;
    readonly inputs: { readonly interval: number; readonly timeout: number; readonly fall: number };
    readonly expected: { readonly mean: number; readonly min: number; readonly max: number };
  }
  const cases = readVectors<DetectCase[]>('queueing/health-check.json').filter(({ id }) =>
    id.startsWith('detect'),
  );
  test.each(cases)('$id', ({ inputs, expected }) => {
    const settings: HealthCheckSettings = {
      intervalNs: inputs.interval * SECOND,
      timeoutNs: inputs.timeout * SECOND,
      fall: inputs.fall,
      rise: 1,
      jitterRatio: 0,
    };
    // All die at one instant; their phases are uniform.
    const world = setUp(settings, DYING);
    const diedNs = 5 * settings.intervalNs;
    world.checker.start();
    world.timers.runUntil(diedNs);
    for (let i = 0; i < DYING; i++) world.isDead.add(i);
    world.timers.runUntil(diedNs + 10 * expected.max * SECOND);
    const delays = world.transitions.map(([, , atNs]) => (atNs - diedNs) / SECOND);
    expect(delays.length).toBe(DYING);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(expected.min);
    expect(Math.max(...delays)).toBeLessThanOrEqual(expected.max);
    // s.d. interval ÷ √12; four standard errors.
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / DYING;
    const error = (4 * inputs.interval) / Math.sqrt(12 * DYING);
    expect(Math.abs(mean - expected.mean)).toBeLessThan(error);
  });
});

test('transitions reach the pool: down after three timeouts, up after two passes', () => {
  const { timers, pool, isDead, checker, transitions } = setUp(SETTINGS, 2);
  checker.start();
  isDead.add(1);
  timers.runUntil(20 * SECOND);
  expect(pool.isHealthy(1 as BackendIndex)).toBe(false);
  expect(pool.isHealthy(0 as BackendIndex)).toBe(true);
  isDead.delete(1);
  timers.runUntil(40 * SECOND);
  expect(pool.isHealthy(1 as BackendIndex)).toBe(true);
  expect(transitions.map(([backend, transition]) => [backend, transition])).toEqual([
    [1, 'down'],
    [1, 'up'],
  ]);
  expect(transitions[0]![2] % (2 * SECOND)).toBe(
    (transitions[1]![2] + SECOND - 1e6) % (2 * SECOND),
  );
});

test('an answer after the timeout counts for nothing', () => {
  // Answers need 1.5 s, the timeout is 1 s: alive, but down for ever.
  const { timers, checker, transitions } = setUp(SETTINGS, 1, 1.5 * SECOND);
  checker.start();
  timers.runUntil(100 * SECOND);
  expect(transitions.map(([, transition]) => transition)).toEqual(['down']);
});

test('probes of one backend never overlap, even when the timeout exceeds the interval', () => {
  const { timers, probes, isDead, checker } = setUp({ ...SETTINGS, timeoutNs: 5 * SECOND }, 1);
  isDead.add(0);
  checker.start();
  timers.runUntil(60 * SECOND);
  probes.slice(1).forEach(({ atNs }, i) => expect(atNs - probes[i]!.atNs).toBe(5 * SECOND));
});

test('stop cancels every timer and ignores answers under way; start begins again', () => {
  const { timers, probes, isDead, checker, transitions } = setUp({ ...SETTINGS, fall: 1 }, 3);
  for (const backend of [0, 1, 2]) isDead.add(backend);
  checker.start();
  while (probes.length === 0) timers.runUntil(timers.nowNs + 1e8);
  checker.stop();
  expect(timers.pendingCount).toBe(0);
  for (const { done } of probes) done('fail');
  timers.runUntil(100 * SECOND);
  expect(transitions).toEqual([]);
  checker.start();
  timers.runUntil(110 * SECOND);
  expect(transitions.length).toBe(3);
});

test('a backend that left is probed no more, one that joined is watched on request', () => {
  const { timers, pool, probes, checker } = setUp(SETTINGS, 2);
  checker.start();
  timers.runUntil(10 * SECOND);
  pool.remove(0 as BackendIndex);
  const joined = pool.add({ id: 'joined' });
  expect(joined).toBe(0);
  checker.watch(joined);
  timers.runUntil(20 * SECOND);
  pool.remove(1 as BackendIndex);
  probes.length = 0;
  timers.runUntil(30 * SECOND);
  expect(probes.length).toBe(5);
  expect(probes.every(({ backend }) => backend === joined)).toBe(true);
});

test('refuses settings that mean nothing', () => {
  for (const wrong of [{ intervalNs: 0 }, { timeoutNs: -1 }, { jitterRatio: 2 }, { fall: 0 }]) {
    expect(() => setUp({ ...SETTINGS, ...wrong }, 1)).toThrow(RangeError);
  }
});
