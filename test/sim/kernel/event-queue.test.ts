import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../../sim/kernel/event-queue.ts';

interface Waiting {
  readonly timeNs: number;
  readonly sequence: number;
}

/** Pushes and pops as told; the model is a sorted array. Returns nothing: it asserts. */
function compareWithSortedArray(operations: readonly number[], queue: EventQueue): void {
  const model: Waiting[] = [];
  let sequence = 0;
  for (const operation of operations) {
    if (operation >= 0) {
      queue.push(operation, sequence % 7, sequence, -sequence);
      model.push({ timeNs: operation, sequence: sequence++ });
    } else {
      model.sort((a, b) => a.timeNs - b.timeNs || a.sequence - b.sequence);
      const expected = model.shift();
      expect(queue.peekTimeNs()).toBe(expected?.timeNs ?? Infinity);
      expect(queue.pop()).toBe(expected !== undefined);
      if (expected === undefined) continue;
      expect(queue.timeNs).toBe(expected.timeNs);
      expect(queue.subject).toBe(expected.sequence);
      expect(queue.kind).toBe(expected.sequence % 7);
      expect(queue.detail).toBe(expected.sequence === 0 ? 0 : -expected.sequence);
    }
    expect(queue.size).toBe(model.length);
  }
}

/** A time of few values, so that ties abound, or −1: pop. */
const operation = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 1e15 }),
  fc.constant(-1),
);

test('pops in the order of (time, sequence), whatever is pushed and popped in between', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      compareWithSortedArray(operations, new EventQueue(2));
    }),
    { numRuns: 300, seed: 1 },
  );
});

/** Delays of very different lengths: some ties, some of this day, some years ahead. */
const delayNs = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 500_000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1e13 }) },
);

test('keeps the order however many wait, as their number rises and falls', () => {
  fc.assert(
    fc.property(fc.array(delayNs, { minLength: 50, maxLength: 50 }), (delays) => {
      const queue = new EventQueue(2);
      let pushed = 0;
      let lastNs = -1e9;
      let lastSequence = -1;
      const push = (fromNs: number): void => {
        const delay = delays[(pushed * 7919) % delays.length]! + (pushed % 13);
        queue.push(fromNs + delay, 0, pushed++, 0);
      };
      const pop = (): void => {
        expect(queue.pop()).toBe(true);
        if (queue.timeNs < lastNs || (queue.timeNs === lastNs && queue.subject < lastSequence)) {
          throw new Error(`event ${queue.subject} after event ${lastSequence}`);
        }
        lastNs = queue.timeNs;
        lastSequence = queue.subject;
      };
      for (let i = 0; i < 3000; i++) push(lastNs);
      for (let i = 0; i < 36_000; i++) {
        pop();
        push(lastNs);
      }
      while (queue.size > 20) pop();
      for (let i = 0; i < 36_000; i++) {
        pop();
        push(lastNs);
      }
      while (queue.size > 0) pop();
      expect(queue.pop()).toBe(false);
    }),
    { numRuns: 4, seed: 2 },
  );
});

test('a thousand events of one time come out as they went in, each scheduling a successor', () => {
  const queue = new EventQueue();
  for (let i = 0; i < 1000; i++) queue.push(5, 0, i, 0);
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 1000; i++) {
      expect(queue.pop()).toBe(true);
      expect(queue.subject).toBe(i);
      queue.push(5, 0, i, 0);
    }
  }
});

test('leaves what lies after the given time', () => {
  const queue = new EventQueue();
  queue.push(10, 1, 2, 3);
  queue.push(20, 1, 2, 3);
  expect(queue.pop(9)).toBe(false);
  expect(queue.pop(10)).toBe(true);
  expect(queue.pop(19)).toBe(false);
  expect(queue.size).toBe(1);
  expect(queue.pop(20)).toBe(true);
  expect(queue.pop()).toBe(false);
});
