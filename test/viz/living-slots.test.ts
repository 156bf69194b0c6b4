import { describe, expect, it } from 'vitest';
import type { RecordingIndex, ServerStateChange, StateChange } from '../../sim/recording.ts';
import { LivingSlots, livingServers } from '../../viz/data/living-slots.ts';
import { StateHistory } from '../../viz/data/state-history.ts';

/** Two POPs of four servers with ten slots each, 100 s. */
const WORLD = {
  pops: [
    { name: 'fra', first_server: 0, server_count: 4 },
    { name: 'ams', first_server: 4, server_count: 4 },
  ],
  servers: Array.from({ length: 8 }, (_, i) => ({
    name: `${i}`,
    pop: i < 4 ? 0 : 1,
    concurrency: 10,
  })),
};

const change = (t_s: number, index: number, state: StateChange['state']): StateChange => ({
  t_s,
  kind: 'server',
  index,
  state,
  cause: 'fail',
  event: 0,
});

function indexOf(
  states: readonly StateChange[],
  server_states: readonly ServerStateChange[] = [],
): RecordingIndex {
  const moments = { states, server_states };
  return { world: WORLD, moments, duration_s: 100 } as unknown as RecordingIndex;
}

describe('utilisation of a POP', () => {
  // Servers 0 and 1 of four are dead from 20 s to 60 s.
  const half = [0, 1].flatMap((server) => [change(20, server, 'down'), change(60, server, 'up')]);
  const slots = new LivingSlots(indexOf(half));

  it('is over the servers that live: half dead and the others full is 100 %', () => {
    // 20 busy slots of 40 are 20 of the 20 that can serve.
    expect(slots.corrected(0.5, 0, 30, 40)).toBe(1);
    expect(slots.corrected(0.3, 0, 30, 40)).toBeCloseTo(0.6, 12);
  });

  it('counts them for the part of a bucket in which they lived', () => {
    // 10…30 s: 40 slots for 20 s are 800; 20 of them were gone for 10 s: 600 are left.
    expect(slots.corrected(0.6, 0, 10, 30)).toBeCloseTo((0.6 * 800) / 600, 12);
    // Nothing else is touched: before, after, another POP, no value, more than full.
    expect(slots.corrected(0.5, 0, 0, 20)).toBe(0.5);
    expect(slots.corrected(0.5, 0, 60, 70)).toBe(0.5);
    expect(slots.corrected(0.5, 1, 30, 40)).toBe(0.5);
    expect(slots.corrected(Number.NaN, 0, 30, 40)).toBeNaN();
    expect(slots.corrected(1.01, 0, 30, 40)).toBe(1.01);
  });

  it('is never over 100 %, though a server finishes what it has after it was taken out', () => {
    const out = new LivingSlots(indexOf([change(20, 0, 'withdrawn')]));
    // 36 of 40 busy, 30 of them in service.
    expect(out.corrected(0.9, 0, 20, 30)).toBe(1);
  });

  it('keeps its figure where nobody lives, or a server is but slow', () => {
    const all = new LivingSlots(
      indexOf([0, 1, 2, 3].map((server) => change(0, server, 'failing'))),
    );
    expect(all.corrected(0.2, 0, 0, 10)).toBe(0.2);
    const slow = new LivingSlots(indexOf([change(0, 0, 'degraded'), change(0, 1, 'draining')]));
    expect(slow.corrected(0.5, 0, 0, 10)).toBe(0.5);
  });

  it('does not take away twice what an autoscaler has taken already', () => {
    const off = (server: number): ServerStateChange => ({
      t_s: 0,
      server,
      state: 'MAINT',
      scaling: 'off',
      cause: '',
    });
    // Three servers are scaled down, one of them failed as well: the recording has 10 slots.
    const scaled = new LivingSlots(indexOf([change(0, 3, 'down')], [off(1), off(2), off(3)]));
    expect(scaled.corrected(0.7, 0, 0, 10)).toBe(0.7);
    // One is scaled down, another failed: 30 slots recorded, 20 live.
    const both = new LivingSlots(indexOf([change(0, 3, 'down')], [off(1)]));
    expect(both.corrected(0.5, 0, 0, 10)).toBeCloseTo(0.75, 12);
  });

  it('stands beside the number of servers that it is over', () => {
    const player = { index: indexOf(half), states: new StateHistory(half) };
    expect([10, 30, 70].map((time_s) => livingServers(player, 0, time_s))).toEqual([4, 2, 4]);
    expect(livingServers(player, 1, 30)).toBe(4);
  });
});
