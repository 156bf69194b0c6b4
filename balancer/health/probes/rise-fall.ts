import type { BackendIndex } from '../../backend-pool.ts';
import type { ProbeOutcome, RandomSource } from '../../ports.ts';
import { transitionOf, type HealthTransition, type ProbeTracker } from '../health-tracker.ts';

/** HAProxy's `init-state`; `up` is also what releases without the keyword do. */
export type InitState = 'fully-up' | 'up' | 'down' | 'fully-down';

/** HAProxy's `on-error`: what so many errors of live traffic in a row amount to. */
export type OnError = 'fastinter' | 'fail-check' | 'sudden-death' | 'mark-down';

export interface RiseFallSettings {
  readonly rise: number;
  readonly fall: number;
  readonly initState: InitState;
  /** While fully up, on the way between the two ends, and while fully down. */
  readonly intervalNs: number;
  readonly fastIntervalNs: number;
  readonly downIntervalNs: number;
  /** Each interval is drawn from interval × [1 − spread, 1 + spread) (`spread-checks`). */
  readonly spreadRatio: number;
  readonly onError: OnError;
  /** Errors of live traffic in a row that trigger `onError`; Infinity observes nothing. */
  readonly errorLimit: number;
}

/**
 * HAProxy's check (`check.c`): a counter from 0 to rise + fall − 1, up from `rise` on. A pass adds
 * one and, once up, fills it; a failure takes one and, once down, empties it. A backend begins at
 * `rise`: up, but one failure from down. With `observe`, errors of live traffic count as well.
 */
export class RiseFallTracker implements ProbeTracker {
  readonly #settings: RiseFallSettings;
  readonly #counters: number[] = [];
  readonly #errorsInRow: number[] = [];

  constructor(settings: RiseFallSettings) {
    for (const count of [settings.rise, settings.fall]) {
      if (!(Number.isInteger(count) && count >= 1)) {
        throw new RangeError(`rise and fall are whole numbers from 1, got ${count}`);
      }
    }
    this.#settings = settings;
  }

  observe(backend: BackendIndex, outcome: ProbeOutcome): HealthTransition | undefined {
    const before = this.isHealthy(backend);
    if (outcome === 'pass') this.#pass(backend);
    else this.#fail(backend);
    return transitionOf(before, this.isHealthy(backend));
  }

  /**
   * What live traffic to the backend came to (`observe layer4|layer7`). A success ends the row of
   * errors; the error that completes it is the failed check that `on-error` says.
   */
  observeTraffic(backend: BackendIndex, isError: boolean): HealthTransition | undefined {
    const errors = isError ? (this.#errorsInRow[backend] ?? 0) + 1 : 0;
    const { errorLimit, onError, rise } = this.#settings;
    this.#errorsInRow[backend] = errors < errorLimit ? errors : 0;
    if (errors < errorLimit) return undefined;
    if (onError === 'fastinter') return undefined;
    const counter = this.counter(backend);
    if (onError === 'sudden-death' && counter > rise) this.#counters[backend] = rise + 1;
    if (onError === 'mark-down' && counter > rise) this.#counters[backend] = rise;
    return this.observe(backend, 'fail');
  }

  isHealthy(backend: BackendIndex): boolean {
    return this.counter(backend) >= this.#settings.rise;
  }

  counter(backend: BackendIndex): number {
    return this.#counters[backend] ?? this.#initialCounter();
  }

  reset(backend: BackendIndex): void {
    this.#counters[backend] = this.#initialCounter();
    this.#errorsInRow[backend] = 0;
  }

  drawIntervalNs(backend: BackendIndex, random: RandomSource): number {
    const { intervalNs, fastIntervalNs, downIntervalNs, spreadRatio } = this.#settings;
    const counter = this.counter(backend);
    let baseNs = fastIntervalNs;
    if (counter === this.#fullCounter()) baseNs = intervalNs;
    if (counter === 0) baseNs = downIntervalNs;
    return spreadRatio === 0 ? baseNs : Math.round(baseNs * (1 + spreadRatio * (2 * random() - 1)));
  }

  #pass(backend: BackendIndex): void {
    const counter = Math.min(this.counter(backend) + 1, this.#fullCounter());
    this.#counters[backend] = counter >= this.#settings.rise ? this.#fullCounter() : counter;
  }

  #fail(backend: BackendIndex): void {
    const counter = this.counter(backend) - 1;
    this.#counters[backend] = counter < this.#settings.rise ? 0 : counter;
  }

  #fullCounter(): number {
    return this.#settings.rise + this.#settings.fall - 1;
  }

  /** `down` is one pass from up. */
  #initialCounter(): number {
    const { rise, initState } = this.#settings;
    if (initState === 'fully-up') return this.#fullCounter();
    if (initState === 'up') return rise;
    return initState === 'down' ? rise - 1 : 0;
  }
}
