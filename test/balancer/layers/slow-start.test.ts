import { describe, expect, test } from 'vitest';
import { BackendTable, SlowStart, slowStartFactor } from '../../../balancer/index.ts';
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
