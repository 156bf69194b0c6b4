import type { Timers } from '../../../balancer/index.ts';

type TimerId = ReturnType<Timers['after']>;

/** Time that moves when the test says so; timers fire in order of (time, calling). */
export class VirtualTimers implements Timers {
  nowNs = 0;
  private sequence = 0;
  private pending: { atNs: number; id: number; run: () => void }[] = [];

  after(delayNs: number, run: () => void): TimerId {
    const id = this.sequence++;
    this.pending.push({ atNs: this.nowNs + delayNs, id, run });
    return id as TimerId;
  }

  cancel(timer: TimerId): void {
    this.pending = this.pending.filter(({ id }) => id !== timer);
  }

  advanceTo(untilNs: number): void {
    for (;;) {
      this.pending.sort((a, b) => a.atNs - b.atNs || a.id - b.id);
      const next = this.pending[0];
      if (next === undefined || next.atNs > untilNs) break;
      this.pending.shift();
      this.nowNs = next.atNs;
      next.run();
    }
    this.nowNs = untilNs;
  }
}

/** Streams that depend on (purpose, entity) alone: FNV-1a of the name starts a mulberry32. */
export function namedStreams(seed: string) {
  return (purpose: string, entity: string | number): (() => number) => {
    let state = 0x811c9dc5;
    for (const char of `${seed}/${purpose}/${entity}`) {
      state = Math.imul(state ^ char.charCodeAt(0), 0x01000193);
    }
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };
}
