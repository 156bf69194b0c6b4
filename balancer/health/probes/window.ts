import type { BackendIndex } from '../../backend-pool.ts';
import type { ProbeOutcome } from '../../ports.ts';
import { transitionOf, type HealthTransition, type ProbeTracker } from '../health-tracker.ts';

export interface WindowSettings {
  /** Newest probes that count; 1 … 64. */
  readonly window: number;
  /** Passes among them that make a backend healthy. */
  readonly threshold: number;
  /** Passes that are assumed before the first probe; at most `threshold` of them count. */
  readonly initial: number;
  readonly intervalNs: number;
}

interface History {
  /** 1 is a pass; `next` is the oldest, which the next probe overwrites. */
  readonly passes: Uint8Array;
  next: number;
  passCount: number;
}

/**
 * The rule of Varnish's probes and of Fastly's health checks: healthy is who passed at least
 * `threshold` of the newest `window` probes (`cache_backend_probe.c`). With `initial` below
 * `threshold` a backend starts sick.
 */
export class WindowTracker implements ProbeTracker {
  readonly #settings: WindowSettings;
  readonly #histories: History[] = [];

  constructor(settings: WindowSettings) {
    const { window, threshold } = settings;
    if (!(Number.isInteger(window) && window >= 1 && window <= 64)) {
      throw new RangeError(`a window is a whole number of probes from 1 to 64, got ${window}`);
    }
    if (!(threshold >= 0 && threshold <= window)) {
      throw new RangeError(`a threshold is within the window of ${window}, got ${threshold}`);
    }
    this.#settings = settings;
  }

  observe(backend: BackendIndex, outcome: ProbeOutcome): HealthTransition | undefined {
    const history = this.#historyOf(backend);
    const before = this.isHealthy(backend);
    this.#push(history, outcome === 'pass' ? 1 : 0);
    return transitionOf(before, this.isHealthy(backend));
  }

  isHealthy(backend: BackendIndex): boolean {
    return this.passCount(backend) >= this.#settings.threshold;
  }

  /** Passes within the window, those assumed at the start included. */
  passCount(backend: BackendIndex): number {
    return this.#histories[backend]?.passCount ?? this.#initialPasses();
  }

  reset(backend: BackendIndex): void {
    const history = { passes: new Uint8Array(this.#settings.window), next: 0, passCount: 0 };
    for (let pass = this.#initialPasses(); pass > 0; pass--) this.#push(history, 1);
    this.#histories[backend] = history;
  }

  drawIntervalNs(): number {
    return this.#settings.intervalNs;
  }

  #initialPasses(): number {
    return Math.min(this.#settings.initial, this.#settings.threshold);
  }

  #historyOf(backend: BackendIndex): History {
    if (this.#histories[backend] === undefined) this.reset(backend);
    return this.#histories[backend]!;
  }

  #push(history: History, pass: 0 | 1): void {
    history.passCount += pass - history.passes[history.next]!;
    history.passes[history.next] = pass;
    history.next = history.next + 1 === history.passes.length ? 0 : history.next + 1;
  }
}
