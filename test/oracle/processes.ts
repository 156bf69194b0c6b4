/**
 * The slow simulator's kernel: processes are generators that yield what they wait for, and the
 * agenda is a sorted array of closures. Nothing here is shared with the engine.
 */

/** A process: yields moments and is resumed with what they bring. */
export type Process<Result = void> = Generator<Awaited, Result, unknown>;

/** A moment, whatever it brings: the process knows. */
export interface Awaited {
  listen(listener: (value: unknown) => void): void;
}

/** Something that happens once, and brings a value. */
export class Moment<Value = void> {
  #listeners: ((value: Value) => void)[] = [];
  #happened: { readonly value: Value } | null = null;

  get hasHappened(): boolean {
    return this.#happened !== null;
  }

  /** Runs at once if it has happened; in the order of asking otherwise. */
  listen(listener: (value: Value) => void): void {
    if (this.#happened !== null) listener(this.#happened.value);
    else this.#listeners.push(listener);
  }

  /** Only the first time counts. */
  happen(value: Value): void {
    if (this.#happened !== null) return;
    this.#happened = { value };
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener(value);
  }
}

interface Entry {
  readonly atNs: number;
  readonly order: number;
  run: (() => void) | null;
}

export class Agenda {
  nowNs: number;
  #entries: Entry[] = [];
  #order = 0;

  constructor(startNs: number) {
    this.nowNs = startNs;
  }

  /** Runs something at an instant, after all planned for it before. Returns how to cancel. */
  at(atNs: number, run: () => void): () => void {
    if (!(atNs >= this.nowNs) || !Number.isInteger(atNs)) throw new Error(`planned at ${atNs}`);
    const entry: Entry = { atNs, order: this.#order++, run };
    let place = this.#entries.length;
    while (place > 0 && this.#entries[place - 1]!.atNs > atNs) place--;
    this.#entries.splice(place, 0, entry);
    return () => {
      entry.run = null;
    };
  }

  /** The moment `delayNs` from now. */
  wait(delayNs: number): Moment {
    const moment = new Moment();
    this.at(this.nowNs + delayNs, () => moment.happen());
    return moment;
  }

  /** Starts a process now; the moment brings what it returns. */
  start<Result>(process: Process<Result>): Moment<Result> {
    const end = new Moment<Result>();
    const step = (value: unknown): void => {
      const { done, value: next } = process.next(value);
      if (done === true) end.happen(next);
      else next.listen(step);
    };
    step(undefined);
    return end;
  }

  /** Everything up to and including `untilNs`, or until it is over. */
  run(untilNs: number, isOver = () => false): void {
    while (this.#entries.length > 0 && this.#entries[0]!.atNs <= untilNs && !isOver()) {
      const entry = this.#entries.shift()!;
      this.nowNs = entry.atNs;
      entry.run?.();
    }
  }
}
