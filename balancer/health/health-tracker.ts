import type { BackendIndex } from '../backend-pool.ts';
import type { ProbeOutcome, RandomSource } from '../ports.ts';

export type HealthTransition = 'up' | 'down';

/** Pure: outcomes in, transitions out. Knows no time. */
export interface HealthTracker {
  /** The transition that this outcome completes, if any. */
  observe(backend: BackendIndex, outcome: ProbeOutcome): HealthTransition | undefined;
  isHealthy(backend: BackendIndex): boolean;
  /** Forgets what was observed: the backend is in the state in which it would join. */
  reset(backend: BackendIndex): void;
}

/** A tracker of a product, which also says how long to wait between two probes. */
export interface ProbeTracker extends HealthTracker {
  /** From one probe to the next, as the state asks and with the product's jitter drawn. */
  drawIntervalNs(backend: BackendIndex, random: RandomSource): number;
}

export function transitionOf(before: boolean, after: boolean): HealthTransition | undefined {
  if (before === after) return undefined;
  return after ? 'up' : 'down';
}

export interface FallRise {
  /** Consecutive failures that take a healthy backend down; ≥ 1. */
  readonly fall: number;
  /** Consecutive passes that bring it up again; ≥ 1. */
  readonly rise: number;
}

/** HAProxy's rule (`fall`, `rise`): one outcome of the other kind starts the count anew. */
export function createFallRiseTracker({ fall, rise }: FallRise): HealthTracker {
  for (const count of [fall, rise]) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new RangeError(`fall and rise are whole numbers from 1, got ${fall} and ${rise}`);
    }
  }
  return new FallRiseTracker(fall, rise);
}

class FallRiseTracker implements HealthTracker {
  readonly #fall: number;
  readonly #rise: number;
  /** By backend; absent is healthy. */
  readonly #isDown: boolean[] = [];
  /** Outcomes in a row that speak against the present state; absent is 0. */
  readonly #against: number[] = [];

  constructor(fall: number, rise: number) {
    this.#fall = fall;
    this.#rise = rise;
  }

  observe(backend: BackendIndex, outcome: ProbeOutcome): HealthTransition | undefined {
    const isDown = this.#isDown[backend] ?? false;
    if ((outcome !== 'pass') === isDown) {
      this.#against[backend] = 0;
      return undefined;
    }
    const against = (this.#against[backend] ?? 0) + 1;
    this.#against[backend] = against;
    if (against < (isDown ? this.#rise : this.#fall)) return undefined;
    this.#against[backend] = 0;
    this.#isDown[backend] = !isDown;
    return isDown ? 'up' : 'down';
  }

  isHealthy(backend: BackendIndex): boolean {
    return !(this.#isDown[backend] ?? false);
  }

  reset(backend: BackendIndex): void {
    this.#isDown[backend] = false;
    this.#against[backend] = 0;
  }
}
