import type { TimerId, Timers } from '../ports.ts';

/**
 * Envoy's `update_merge_window` (`ClusterManagerImpl::scheduleUpdate`, envoy#3941; 1 s there): an
 * update later than a window after the last delivery goes on at once; an earlier one waits for a
 * window, together with whatever comes meanwhile. One that may not wait (there: hosts that join or
 * leave; changes of health, weight and metadata may) takes the waiting ones with it. Updates of one
 * instant are one update.
 */
export class UpdateMerger {
  readonly #timers: Timers;
  readonly #windowNs: number;
  readonly #deliver: () => void;
  #deliveredNs = -Infinity;
  #timer: TimerId | null = null;

  /** A window of 0 merges nothing. */
  constructor(timers: Timers, windowNs: number, deliver: () => void) {
    this.#timers = timers;
    this.#windowNs = windowNs;
    this.#deliver = deliver;
  }

  update(mayWait: boolean): void {
    const sinceNs = this.#timers.nowNs - this.#deliveredNs;
    if (mayWait && sinceNs > 0 && sinceNs <= this.#windowNs) {
      this.#timer ??= this.#timers.after(this.#windowNs, () => this.#go());
      return;
    }
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#go();
  }

  #go(): void {
    this.#timer = null;
    this.#deliveredNs = this.#timers.nowNs;
    this.#deliver();
  }
}
