import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { Outcome, TimerId, Timers } from '../ports.ts';
import type { HealthTransition } from './health-tracker.ts';
import type { TrafficTracker } from './traffic/traffic-tracker.ts';

export interface TrafficWatcherOptions {
  readonly tracker: TrafficTracker;
  /** Whose `setEjected` is called. */
  readonly pool: BackendTable;
  readonly timers: Timers;
  readonly onTransition?: (
    backend: BackendIndex,
    transition: HealthTransition,
    atNs: number,
  ) => void;
}

/** Tells a passive tracker of live requests, and the pool of its ejections. */
export interface TrafficWatcher {
  /** A backend joined the pool. Call it for those that were there before as well. */
  watch(backend: BackendIndex): void;
  /** It leaves: call it before the pool removes it. */
  forget(backend: BackendIndex): void;
  started(backend: BackendIndex): void;
  finished(backend: BackendIndex, outcome: Outcome): void;
  /** Cancels the timer. */
  stop(): void;
}

/** One timer, for the next moment at which the tracker has something to do. */
export function createTrafficWatcher(options: TrafficWatcherOptions): TrafficWatcher {
  return new Watcher(options);
}

class Watcher implements TrafficWatcher {
  readonly #options: TrafficWatcherOptions;
  readonly #report: (backend: BackendIndex, transition: HealthTransition) => void;
  #timer: TimerId | undefined;
  #dueNs = Infinity;

  constructor(options: TrafficWatcherOptions) {
    this.#options = options;
    this.#report = (backend, transition) => {
      if (!options.pool.isMember(backend)) return;
      options.pool.setEjected(backend, transition === 'down');
      options.onTransition?.(backend, transition, options.timers.nowNs);
    };
  }

  watch(backend: BackendIndex): void {
    this.#options.tracker.join(backend, this.#options.timers.nowNs);
    this.#arm();
  }

  forget(backend: BackendIndex): void {
    this.#options.tracker.leave(backend);
    this.#arm();
  }

  started(backend: BackendIndex): void {
    this.#options.tracker.started?.(backend, this.#options.timers.nowNs, this.#report);
  }

  finished(backend: BackendIndex, outcome: Outcome): void {
    const { tracker, timers } = this.#options;
    tracker.finished(backend, outcome, timers.nowNs, this.#report);
    this.#arm();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.timers.cancel(this.#timer);
    this.#timer = undefined;
    this.#dueNs = Infinity;
  }

  #arm(): void {
    const { tracker, timers } = this.#options;
    const dueNs = tracker.dueNs();
    if (dueNs === this.#dueNs) return;
    this.stop();
    this.#dueNs = dueNs;
    if (dueNs === Infinity) return;
    this.#timer = timers.after(Math.max(0, dueNs - timers.nowNs), () => {
      this.#timer = undefined;
      this.#dueNs = Infinity;
      tracker.advance(timers.nowNs, this.#report);
      this.#arm();
    });
  }
}
