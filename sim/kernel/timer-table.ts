import type { TimerId } from '../../balancer/index.ts';

/**
 * Closures waiting for their time. A slot is reused after its timer fired or was cancelled; the
 * slot's generation tells an event that is still queued for an earlier tenant from one for the
 * present.
 */
export class TimerTable {
  readonly #run: ((() => void) | null)[] = [];
  readonly #generation: number[] = [];
  readonly #free: number[] = [];

  /** Keeps `run` and returns its slot. */
  add(run: () => void): number {
    const slot = this.#free.pop() ?? this.#run.length;
    this.#run[slot] = run;
    this.#generation[slot] ??= 0;
    return slot;
  }

  generation(slot: number): number {
    return this.#generation[slot]!;
  }

  idOf(slot: number): TimerId {
    return (this.#generation[slot]! * SLOT_COUNT_MAX + slot) as TimerId;
  }

  /** Forgets the timer; nothing happens if it has fired or was cancelled before. */
  cancel(timer: TimerId): void {
    const slot = timer % SLOT_COUNT_MAX;
    this.take(slot, (timer - slot) / SLOT_COUNT_MAX);
  }

  /** Frees the slot and returns its closure; null if that generation is gone. */
  take(slot: number, generation: number): (() => void) | null {
    if (this.#generation[slot] !== generation) return null;
    const run = this.#run[slot]!;
    this.#run[slot] = null;
    this.#generation[slot] = generation + 1;
    this.#free.push(slot);
    return run;
  }
}

/** 2^21 slots × 2^31 generations are exact in a double. */
const SLOT_COUNT_MAX = 2 ** 21;
