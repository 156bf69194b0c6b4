import { expect, test } from 'vitest';
import type { Timers } from '../../../balancer/index.ts';
import { EventKind, eventKindNames } from '../../../sim/kernel/event-kind.ts';
import { Kernel, MAX_TIME_NS } from '../../../sim/kernel/kernel.ts';

const { Arrival, PopReached, RetryDue } = EventKind;

test('kinds are numbered without gaps, and named', () => {
  expect(Object.values(EventKind).sort((a, b) => a - b)).toEqual(eventKindNames.map((_, i) => i));
  expect(eventKindNames[EventKind.PopReached]).toBe('PopReached');
});

test('hands events to their handlers in time order, ties first-in first-out', () => {
  const kernel = new Kernel();
  const seen: string[] = [];
  kernel.on(Arrival, (subject, detail) =>
    seen.push(`${kernel.nowNs} arrival ${subject}.${detail}`),
  );
  kernel.on(PopReached, (subject) => seen.push(`${kernel.nowNs} pop ${subject}`));
  kernel.schedule(20, PopReached, 1);
  kernel.schedule(10, Arrival, 2, -7);
  kernel.schedule(10, PopReached, 3);
  kernel.run(100);
  expect(seen).toEqual(['10 arrival 2.-7', '10 pop 3', '20 pop 1']);
  expect(kernel.eventCount).toBe(3);
  expect(kernel.nowNs).toBe(100);
});

test('runs up to and including the given time, and goes on from there', () => {
  const kernel = new Kernel(-5);
  const seen: number[] = [];
  kernel.on(Arrival, (subject) => {
    seen.push(subject);
    kernel.schedule(kernel.nowNs + 10, Arrival, subject + 1);
  });
  kernel.schedule(-5, Arrival, 0);
  kernel.run(15);
  expect(seen).toEqual([0, 1, 2]);
  expect(kernel.nowNs).toBe(15);
  kernel.run(24);
  expect(seen).toEqual([0, 1, 2]);
  kernel.run(25);
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(kernel.pendingCount).toBe(1);
});

test('stops after the handler that asked for it', () => {
  const kernel = new Kernel();
  kernel.on(Arrival, () => kernel.stop());
  kernel.schedule(5, Arrival, 0);
  kernel.schedule(6, Arrival, 1);
  kernel.run(100);
  expect(kernel.eventCount).toBe(1);
  expect(kernel.nowNs).toBe(5);
});

test('what lies after the end of the clock waits there', () => {
  const kernel = new Kernel();
  kernel.on(Arrival, () => {});
  for (const atNs of [MAX_TIME_NS + 1, 1e300]) kernel.schedule(atNs, Arrival, 0);
  kernel.run(MAX_TIME_NS - 1);
  expect(kernel.eventCount).toBe(0);
  kernel.run(MAX_TIME_NS);
  expect(kernel.eventCount).toBe(2);
});

test('refuses the past, fractions, NaN, and never', () => {
  const kernel = new Kernel(10);
  for (const atNs of [9, NaN, 10.5, Infinity]) {
    expect(() => kernel.schedule(atNs, Arrival, 0), String(atNs)).toThrow(/Arrival of 0 scheduled/);
  }
  kernel.schedule(MAX_TIME_NS, Arrival, 0);
  expect(() => kernel.after(-1, () => {})).toThrow(RangeError);
});

test('refuses a second handler, and an event of a kind without one', () => {
  const kernel = new Kernel();
  kernel.on(Arrival, () => {});
  expect(() => kernel.on(Arrival, () => {})).toThrow('Arrival already has a handler');
  expect(() => kernel.on(EventKind.TimerFired, () => {})).toThrow('TimerFired already');
  kernel.schedule(0, RetryDue, 0);
  expect(() => kernel.run(1)).toThrow(/no handler/);
});

test('is a Timers: closures run in order, cancelled ones do not, slots are reused safely', () => {
  const kernel = new Kernel();
  const timers: Timers = kernel;
  const seen: string[] = [];
  timers.after(20, () => seen.push('second'));
  const cancelled = timers.after(10, () => seen.push('never'));
  timers.cancel(cancelled);
  // takes the slot of the cancelled one while its event is still queued
  const reused = timers.after(30, () => seen.push('third'));
  timers.cancel(cancelled);
  timers.after(5, () => {
    seen.push('first');
    timers.after(0, () => seen.push('at once'));
  });
  kernel.run(100);
  expect(seen).toEqual(['first', 'at once', 'second', 'third']);
  timers.cancel(reused);
  expect(kernel.pendingCount).toBe(0);
});

function fingerprintOf(order: readonly [number, number][], outcome = 0, detail = 0): string {
  const kernel = new Kernel();
  kernel.on(Arrival, () => kernel.note(outcome));
  for (const [atNs, subject] of order) kernel.schedule(atNs, Arrival, subject, detail);
  kernel.run(2 ** 40);
  return kernel.fingerprint();
}

test('the fingerprint tells runs apart by time, subject, order and outcome', () => {
  const base = fingerprintOf([
    [1, 1],
    [1, 2],
    [5, 3],
  ]);
  expect(base).toMatch(/^[0-9a-f]{16}$/);
  expect(
    fingerprintOf([
      [1, 1],
      [1, 2],
      [5, 3],
    ]),
  ).toBe(base);
  const others = [
    fingerprintOf([
      [1, 2],
      [1, 1],
      [5, 3],
    ]),
    fingerprintOf([
      [1, 1],
      [1, 2],
      [6, 3],
    ]),
    fingerprintOf([
      [1, 1],
      [1, 2],
      [5 + 2 ** 32, 3],
    ]),
    fingerprintOf([
      [1, 1],
      [1, 2],
      [5, 4],
    ]),
    fingerprintOf([
      [1, 1],
      [1, 2],
    ]),
    fingerprintOf(
      [
        [1, 1],
        [1, 2],
        [5, 3],
      ],
      1,
    ),
    base,
  ];
  expect(new Set(others).size).toBe(others.length);
});

test('a change of one event among many changes half of the bits', () => {
  const times = Array.from({ length: 1000 }, (_, i): [number, number] => [i * 1000, i]);
  const base = BigInt(`0x${fingerprintOf(times)}`);
  let flipped = 0;
  for (let changed = 0; changed < 100; changed++) {
    const other = times.map(([t, s], i): [number, number] => [i === changed * 10 ? t + 1 : t, s]);
    for (let bits = BigInt(`0x${fingerprintOf(other)}`) ^ base; bits > 0n; bits >>= 1n) {
      flipped += Number(bits & 1n);
    }
  }
  // 6400 fair coins: 3200 ± 40; five deviations
  expect(Math.abs(flipped - 3200)).toBeLessThan(200);
});

test('a trace names things; an invariant that breaks shows what led to it', () => {
  const kernel = new Kernel();
  const lines: string[] = [];
  kernel.on(PopReached, () => {});
  kernel.on(Arrival, () => kernel.schedule(1, Arrival, 0));
  kernel.trace(
    (_, subject, detail) => `request ${subject} try ${detail}`,
    (line) => lines.push(line),
  );
  kernel.schedule(12_004_000, PopReached, 812, 1);
  kernel.run(12_004_000);
  expect(lines).toEqual(['12.004ms PopReached request 812 try 1']);
  kernel.schedule(12_004_001, Arrival, 5);
  expect(() => kernel.run(2e7)).toThrow(/12004000 ns PopReached 812 1\n12004001 ns Arrival 5 0/);
});

test('remembers the last 64 events only', () => {
  const kernel = new Kernel();
  kernel.on(Arrival, () => {});
  for (let i = 0; i < 100; i++) kernel.schedule(i, Arrival, i);
  kernel.run(100);
  const lines = kernel.recent.describe().split('\n');
  expect(lines).toHaveLength(64);
  expect(lines[0]).toBe('36 ns Arrival 36 0');
  expect(lines[63]).toBe('99 ns Arrival 99 0');
});
