import { describe, expect, it } from 'vitest';
import { Deadlines } from '../../sim/deadlines.ts';
import { EventKind } from '../../sim/kernel/event-kind.ts';
import { Kernel } from '../../sim/kernel/kernel.ts';

function pipe() {
  const kernel = new Kernel();
  const gone = new Set<number>();
  const deadlines = new Deadlines(kernel, EventKind.ClientDeadline, 0, {
    isCurrent: (index) => !gone.has(index),
  });
  const expired: string[] = [];
  kernel.on(EventKind.ClientDeadline, () => {
    deadlines.expire((index) => expired.push(`${index}@${kernel.nowNs}`));
  });
  return { kernel, deadlines, gone, expired };
}

describe('deadlines in a pipe', () => {
  it('expire in order, each at its time, with one event pending', () => {
    const { kernel, deadlines, expired } = pipe();
    for (let index = 0; index < 5000; index++) deadlines.set(index, 0, 100 + index);
    expect(kernel.pendingCount).toBe(1);
    kernel.run(102);
    expect(expired).toEqual(['0@100', '1@101', '2@102']);
    kernel.run(10_000);
    expect(expired.length).toBe(5000);
  });

  it('skip what no longer matters without an event', () => {
    const { kernel, deadlines, gone, expired } = pipe();
    for (let index = 0; index < 100; index++) deadlines.set(index, 0, 100 + index);
    for (let index = 0; index < 99; index++) gone.add(index);
    kernel.run(1000);
    expect(expired).toEqual(['99@199']);
    expect(kernel.eventCount).toBe(2);
  });

  it('take new entries while one expires', () => {
    const { kernel, deadlines } = pipe();
    deadlines.set(1, 0, 10);
    kernel.run(10);
    deadlines.set(2, 0, 20);
    expect(kernel.pendingCount).toBe(1);
  });
});
