import { expect, test } from 'vitest';
import { createSimulation, type EventSpec } from '../../../sim/index.ts';
import { laboratory } from '../laboratory.ts';

const SECOND = 1e9;

function drained(server: string): EventSpec {
  return {
    name: 'drained',
    atNs: 10 * SECOND,
    untilNs: 20 * SECOND,
    targets: [{ kind: 'server', pop: 'lab', server }],
    action: { verb: 'drain', gradualNs: 0 },
  };
}

test.each([
  ['rendezvous', 0, 0],
  ['jump-hash', 0.5, 0.9],
])('keys that %s moves without need when a server leaves and returns', (policy, low, high) => {
  const world = laboratory({ servers: 6, policy, events: [drained('1')], durationNs: 30 * SECOND });
  const { windows, before, metrics } = createSimulation(world, 'keys', 0).run();
  expect(before['drained']!['moved_keys_ratio']).toBe(null);
  const moved = windows['drained']!['moved_keys_ratio']!;
  expect(moved).toBeGreaterThanOrEqual(low);
  expect(moved).toBeLessThanOrEqual(high);
  // What goes without need comes back without need: the mean of the two changes is the same.
  expect(metrics['moved_keys_ratio']).toBeCloseTo(moved, 12);
});

test('policies that do not hash have no keys to move', () => {
  const world = laboratory({ servers: 3, events: [drained('1')], durationNs: 30 * SECOND });
  const { windows } = createSimulation(world, 'keys', 0).run();
  expect(windows['drained']!['moved_keys_ratio']).toBe(null);
});

test('windows say how loaded servers were: parts add up to the whole', () => {
  const events = [drained('1')];
  const options = { servers: 2, policy: 'round-robin', ratePerSecond: 60, durationNs: 40 * SECOND };
  const world = laboratory({ ...options, events });
  const { metrics, before, windows, after } = createSimulation(world, 'load', 0).run();
  const parts = [before['drained']!, windows['drained']!, after['drained']!];
  const seconds = [10, 10, 20];
  for (const key of ['utilisation', 'in_system_mean']) {
    const sum = parts.reduce((total, part, index) => total + part[key]! * seconds[index]!, 0);
    expect(sum / 40, key).toBeCloseTo(metrics[key]!, 12);
  }
  // 60/s of 10 ms over two servers: 0.3; meanwhile one is idle and the other at 0.6.
  expect(windows['drained']!['utilisation']).toBeCloseTo(0.3, 1);
  expect(windows['drained']!['imbalance']).toBeGreaterThan(1.9);
  expect(before['drained']!['imbalance']).toBeLessThan(1.2);
  // Naming an event or not changes nothing of what happens.
  const unnamed = laboratory({ ...options, events: [{ ...drained('1'), name: null }] });
  const named = createSimulation(world, 'load', 0).run();
  expect(createSimulation(unnamed, 'load', 0).run().fingerprint).toBe(named.fingerprint);
});
