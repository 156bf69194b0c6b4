import type { TimerId, Timers } from '../../balancer/index.ts';
import { EventKind, eventKindNames } from './event-kind.ts';
import { EventQueue } from './event-queue.ts';
import { RecentEvents } from './recent-events.ts';
import { Fingerprint } from './fingerprint.ts';
import { TimerTable } from './timer-table.ts';

/** 2^53 ns, 104 days: the end of exact integer nanoseconds in a double. */
export const MAX_TIME_NS = Number.MAX_SAFE_INTEGER;

export type EventHandler = (subject: number, detail: number) => void;

/** Says in words what an event is about: `request 812 at AMS`. */
export type DescribeEvent = (kind: EventKind, subject: number, detail: number) => string;

/**
 * The clock and the queue: hands one event at a time, in the order of (time, sequence), to the one
 * handler of its kind.
 *
 * One queue, two doors. The data plane schedules kinds with integers (`schedule`); the control
 * plane uses `after` with ordinary closures, because the kernel is a `Timers` of the balancer.
 *
 * Invariants, asserted: time never decreases; nothing is scheduled into the past or at a fraction
 * of a nanosecond. A violation is a bug and throws. What lies beyond `MAX_TIME_NS` (the tail of a
 * law, factors upon factors) waits there, after the end of every run.
 */
export class Kernel implements Timers {
  /** Now, integer nanoseconds on the scenario's clock. */
  nowNs = 0;
  /** Events handled so far. */
  eventCount = 0;
  /** The last events handled, for messages about broken invariants. */
  readonly recent: RecentEvents = new RecentEvents();

  readonly #queue = new EventQueue();
  readonly #handlers: EventHandler[] = eventKindNames.map(() => unhandled);
  readonly #timers = new TimerTable();
  /** What happened, in which order. */
  readonly order: Fingerprint = new Fingerprint();
  #isStopped = false;
  #trace: (() => void) | null = null;

  /** `startNs` may be negative: a pre-run lies before the story's 0. */
  constructor(startNs = 0) {
    this.nowNs = startNs;
    this.on(EventKind.TimerFired, (slot, generation) => {
      this.#timers.take(slot, generation)?.();
    });
  }

  /** Registers the handler of a kind; a second one for the same kind is refused. */
  on(kind: EventKind, handle: EventHandler): void {
    if (this.#handlers[kind] !== unhandled) {
      throw new Error(`${eventKindNames[kind]} already has a handler`);
    }
    this.#handlers[kind] = handle;
  }

  /** Lets `kind` happen at `atNs`; `subject` and `detail` are 32-bit signed integers. */
  schedule(atNs: number, kind: EventKind, subject: number, detail = 0): void {
    if (!(atNs >= this.nowNs && atNs <= MAX_TIME_NS && Math.floor(atNs) === atNs)) {
      this.#refuseUnlessBeyond(atNs, kind, subject);
      atNs = MAX_TIME_NS;
    }
    this.#queue.push(atNs, kind, subject, detail);
  }

  /** Runs a closure `delayNs` from now. For the control plane: thousands, not millions. */
  after(delayNs: number, run: () => void): TimerId {
    const slot = this.#timers.add(run);
    const atNs = this.nowNs + delayNs;
    this.schedule(atNs, EventKind.TimerFired, slot, this.#timers.generation(slot));
    return this.#timers.idOf(slot);
  }

  /** Forgets a timer; nothing happens if it has fired or was cancelled before. */
  cancel(timer: TimerId): void {
    this.#timers.cancel(timer);
  }

  /** Handles all events up to and including `untilNs`, then stands there, unless stopped. */
  run(untilNs: number): void {
    const queue = this.#queue;
    const handlers = this.#handlers;
    const { order } = this;
    const recent = this.recent;
    this.#isStopped = false;
    while (!this.#isStopped && queue.pop(untilNs)) {
      const { timeNs, kind, subject } = queue;
      if (timeNs < this.nowNs) throw new Error(`time ran back from ${this.nowNs} to ${timeNs} ns`);
      this.nowNs = timeNs;
      this.eventCount += 1;
      order.event(timeNs, kind, subject);
      recent.add(timeNs, kind, subject, queue.detail);
      if (this.#trace !== null) this.#trace();
      handlers[kind]!(subject, queue.detail);
    }
    if (!this.#isStopped && untilNs > this.nowNs && untilNs <= MAX_TIME_NS) this.nowNs = untilNs;
  }

  /** Lets the present handler finish, then returns from `run`. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Events waiting, cancelled timers included. */
  get pendingCount(): number {
    return this.#queue.size;
  }

  /** Mixes an outcome (a 32-bit integer) into the fingerprint. */
  note(outcome: number): void {
    this.order.note(outcome);
  }

  /** 16 hexadecimal digits over all events and noted outcomes so far, in order. */
  fingerprint(): string {
    return this.order.toString();
  }

  /** From now on writes a line before an event is handled: `12.004ms PopReached request 812`. */
  trace(describe: DescribeEvent, write: (line: string) => void): void {
    const queue = this.#queue;
    this.#trace = () => {
      const kind = queue.kind as EventKind;
      const what = describe(kind, queue.subject, queue.detail);
      write(`${queue.timeNs / 1e6}ms ${eventKindNames[kind]} ${what}`);
    };
  }

  /** From now on shows every event before it is handled; slow, for onlookers. */
  watch(see: (kind: EventKind, subject: number, detail: number) => void): void {
    const queue = this.#queue;
    const before = this.#trace;
    this.#trace = () => {
      before?.();
      see(queue.kind as EventKind, queue.subject, queue.detail);
    };
  }

  /** A finite time after the end of the clock is none at which anything could go wrong. */
  #refuseUnlessBeyond(atNs: number, kind: EventKind, subject: number): void {
    if (atNs > MAX_TIME_NS && atNs < Infinity) return;
    throw new RangeError(
      `${eventKindNames[kind]} of ${subject} scheduled at ${atNs} ns: not an integer from now ` +
        `(${this.nowNs} ns) on\n${this.recent.describe()}`,
    );
  }
}

function unhandled(): void {
  throw new Error('an event of a kind that has no handler');
}
