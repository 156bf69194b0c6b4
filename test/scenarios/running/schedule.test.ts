import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../sim/index.ts';
import { Schedule, type ScheduleOptions, type Slot } from '../../../scenarios/running/schedule.ts';

const result = (value: number): RunResult => ({ metrics: { m: value } }) as unknown as RunResult;
/** Values whose relative half-width shrinks like 1/√R: alternating 9 and 11. */
const valueOf = ({ replication }: Slot): RunResult => result(replication % 2 === 0 ? 9 : 11);

function scheduleOf(overrides: Partial<ScheduleOptions> = {}): Schedule {
  return new Schedule({
    strategies: ['a', 'b'],
    replications: { least: 4, most: 40 },
    precision: { metric: 'm', relative: 0.05 },
    workers: 2,
    ...overrides,
  });
}

describe('the schedule', () => {
  it('begins all strategies of a replication before the next', () => {
    const schedule = scheduleOf();
    const begun = Array.from({ length: 5 }, () => schedule.next()!);
    expect(begun.map(({ plan, replication }) => `${plan}/${replication}`)).toEqual([
      '0/0',
      '1/0',
      '0/1',
      '1/1',
      '0/2',
    ]);
  });

  it('stops at the same replication whatever the workers and the order of finishing', () => {
    const stops = [1, 2, 3, 8].flatMap((workers) =>
      [false, true].map((isReversed) => {
        const schedule = scheduleOf({ workers });
        const underWay: Slot[] = [];
        for (;;) {
          while (underWay.length < workers) {
            const slot = schedule.next();
            if (slot === null) break;
            underWay.push(slot);
          }
          if (schedule.enough !== null) return schedule.enough;
          const done = isReversed ? underWay.pop()! : underWay.shift()!;
          schedule.finish(done, valueOf(done));
        }
      }),
    );
    expect(new Set(stops).size).toBe(1);
    expect(stops[0]).toBeGreaterThan(4);
    expect(stops[0]).toBeLessThan(40);
  });

  it('takes the most without a precision, and the most when it is never reached', () => {
    for (const precision of [null, { metric: 'm', relative: 1e-9 }]) {
      const schedule = scheduleOf({ precision, replications: { least: 4, most: 6 } });
      for (let slot = schedule.next(); slot !== null; slot = schedule.next())
        schedule.finish(slot, valueOf(slot));
      expect(schedule.enough).toBe(6);
      expect(schedule.results(1)).toHaveLength(6);
    }
  });

  it('does not count replications beyond the one at which it stopped', () => {
    const schedule = scheduleOf({ workers: 16, precision: { metric: 'm', relative: 10 } });
    const slots: Slot[] = [];
    for (let slot = schedule.next(); slot !== null; slot = schedule.next()) slots.push(slot);
    expect(Math.max(...slots.map(({ replication }) => replication))).toBeGreaterThan(4);
    for (const slot of slots.toReversed()) schedule.finish(slot, valueOf(slot));
    expect(schedule.enough).toBe(4);
    expect(schedule.results(0)).toHaveLength(4);
  });

  it('goes on without a lost replication', () => {
    const schedule = scheduleOf({ precision: null, replications: { least: 2, most: 3 } });
    for (let slot = schedule.next(); slot !== null; slot = schedule.next()) {
      schedule.finish(slot, slot.plan === 0 && slot.replication === 1 ? 'lost' : valueOf(slot));
    }
    expect(schedule.enough).toBe(3);
    expect(schedule.results(0)).toHaveLength(2);
  });

  it('ignores stored replications beyond its own maximum', () => {
    const schedule = scheduleOf({ precision: null, replications: { least: 2, most: 2 } });
    schedule.finish({ plan: 0, replication: 7 }, result(1));
    expect(schedule.results(0)).toEqual([]);
  });
});
