import type { EventKind } from './kernel/event-kind.ts';
import type { Kernel } from './kernel/kernel.ts';

/** A table whose slots have generations. */
export interface Generations {
  isCurrent(index: number, generation: number): boolean;
}

/**
 * Timeouts of one constant length, as a FIFO pipe: deadlines fall due in the order in which they
 * were set, so they sit in a ring and only the first that still matters is in the event queue. A
 * million requests that wait 10 s cost one pending event. [htsim's pipes]
 *
 * The event's subject is the pipe's number; its handler calls `expire`.
 */
export class Deadlines {
  private readonly kernel: Kernel;
  private readonly kind: EventKind;
  private readonly pipe: number;
  private readonly table: Generations;
  #index = new Int32Array(1024);
  #generation = new Int32Array(1024);
  #atNs = new Float64Array(1024);
  #head = 0;
  #size = 0;
  #isArmed = false;

  constructor(kernel: Kernel, kind: EventKind, pipe: number, table: Generations) {
    this.kernel = kernel;
    this.kind = kind;
    this.pipe = pipe;
    this.table = table;
  }

  /** Deadlines must not decrease from call to call. */
  set(index: number, generation: number, atNs: number): void {
    if (this.#size === this.#atNs.length) this.#grow();
    const place = (this.#head + this.#size++) & (this.#atNs.length - 1);
    this.#index[place] = index;
    this.#generation[place] = generation;
    this.#atNs[place] = atNs;
    if (!this.#isArmed) this.#arm();
  }

  /** Calls `expired` for each entry that is due and still current, then waits for the next. */
  expire(expired: (index: number) => void): void {
    this.#isArmed = false;
    const nowNs = this.kernel.nowNs;
    while (this.#size > 0 && this.#atNs[this.#head]! <= nowNs) {
      const index = this.#index[this.#head]!;
      const isCurrent = this.table.isCurrent(index, this.#generation[this.#head]!);
      this.#dropHead();
      if (isCurrent) expired(index);
    }
    if (!this.#isArmed) this.#arm();
  }

  #arm(): void {
    const table = this.table;
    while (
      this.#size > 0 &&
      !table.isCurrent(this.#index[this.#head]!, this.#generation[this.#head]!)
    ) {
      this.#dropHead();
    }
    if (this.#size === 0) return;
    this.#isArmed = true;
    this.kernel.schedule(this.#atNs[this.#head]!, this.kind, this.pipe);
  }

  #dropHead(): void {
    this.#head = (this.#head + 1) & (this.#atNs.length - 1);
    this.#size--;
  }

  #grow(): void {
    const { length } = this.#atNs;
    const index = new Int32Array(length * 2);
    const generation = new Int32Array(length * 2);
    const atNs = new Float64Array(length * 2);
    for (let i = 0; i < length; i++) {
      const place = (this.#head + i) & (length - 1);
      index[i] = this.#index[place]!;
      generation[i] = this.#generation[place]!;
      atNs[i] = this.#atNs[place]!;
    }
    this.#index = index;
    this.#generation = generation;
    this.#atNs = atNs;
    this.#head = 0;
  }
}
