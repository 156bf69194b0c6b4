import type { TimerId, Timers } from '../../balancer/index.ts';

/** Timers as a simulator's kernel keeps them: time jumps to the next, ties first come first. */
export class FakeTimers implements Timers {
  nowNs = 0;
  #nextId = 1;
  readonly #pending = new Map<number, { readonly dueNs: number; readonly run: () => void }>();

  after(delayNs: number, run: () => void): TimerId {
    this.#pending.set(this.#nextId, { dueNs: this.nowNs + delayNs, run });
    return this.#nextId++ as TimerId;
  }

  cancel(timer: TimerId): void {
    this.#pending.delete(timer);
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  runUntil(untilNs: number): void {
    for (;;) {
      // Ids ascend, so the first of the earliest is the one that was set first.
      let first: number | undefined;
      let dueNs = untilNs;
      for (const [id, timer] of this.#pending) {
        if (timer.dueNs > dueNs || (timer.dueNs === dueNs && first !== undefined)) continue;
        first = id;
        dueNs = timer.dueNs;
      }
      this.nowNs = dueNs;
      if (first === undefined) return;
      const { run } = this.#pending.get(first)!;
      this.#pending.delete(first);
      run();
    }
  }
}
