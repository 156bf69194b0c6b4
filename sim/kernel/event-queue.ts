import { Calendar } from './calendar.ts';
import { EventHeap } from './event-heap.ts';
import { EventRecords } from './event-records.ts';

/** Up to so many events a heap alone is quickest: it fits the first-level cache. */
const HEAP_MOST = 512;
/** Below so many the calendar is given up again. */
const CALENDAR_LEAST = HEAP_MOST / 4;
/** Events a day of the calendar is meant to have: the heap then stays a few levels deep. */
const EVENTS_A_DAY = 8;
/** Events between two looks at whether the days have the right length, at least. */
const EVENTS_BETWEEN_CHECKS = 32_768;

/**
 * The future event list: what happens next comes first, in the order of (time, sequence). The
 * sequence number makes equal times first-in first-out, so that a run is a function of its inputs
 * alone.
 *
 * Few events stand in a heap. When there are many, only those of the present day do; the others
 * are on a calendar, where an event costs the same however many wait. Lengths of days follow the
 * rate of events and decide about speed alone, never about order.
 */
export class EventQueue {
  /** Fields of the event popped last. */
  timeNs = 0;
  kind = 0;
  subject = 0;
  detail = 0;

  private readonly records: EventRecords;
  private readonly heap: EventHeap;
  private readonly calendar: Calendar;
  /** Counts pushes: exact up to 2^53. */
  #nextSequence = 0;
  #heapMost = HEAP_MOST;
  /** When the days got their length, and the sequence number then. */
  #calibratedNs = 0;
  #calibratedSequence = 0;
  /** The sequence number at which their length is looked at again. */
  #checkAt = Infinity;

  /** `capacity`: events before it grows. */
  constructor(capacity = 1024) {
    this.records = new EventRecords(capacity);
    this.heap = new EventHeap(HEAP_MOST);
    this.calendar = new Calendar(this.records);
  }

  /** Events waiting. */
  get size(): number {
    return this.heap.size + this.calendar.count;
  }

  /** Adds an event at a finite time; `kind`, `subject` and `detail` are 32-bit signed integers. */
  push(timeNs: number, kind: number, subject: number, detail: number): void {
    const sequence = this.#nextSequence++;
    const record = this.records.acquire(timeNs, sequence, kind, subject, detail);
    if (timeNs >= this.calendar.horizonNs) {
      this.calendar.add(record, timeNs);
    } else {
      this.heap.push(timeNs, sequence, record);
      if (this.heap.size > this.#heapMost) this.#crowded();
    }
  }

  /** Takes the earliest event at or before `untilNs` into the fields; false if there is none. */
  pop(untilNs = Infinity): boolean {
    const timeNs = this.peekTimeNs();
    if (timeNs > untilNs || timeNs === Infinity) return false;
    const records = this.records;
    const record = this.heap.take();
    this.timeNs = timeNs;
    this.kind = records.kind(record);
    this.subject = records.subject(record);
    this.detail = records.detail(record);
    records.release(record);
    return true;
  }

  /** Time of the earliest event; Infinity when none waits. */
  peekTimeNs(): number {
    const timeNs = this.heap.earliestNs();
    if (timeNs < Infinity || this.calendar.count === 0) return timeNs;
    return this.#nextDayNs();
  }

  /** The heap is empty and the calendar is not: takes the next day that has events. */
  #nextDayNs(): number {
    this.calendar.takeDay(this.heap);
    if (this.#nextSequence >= this.#checkAt) this.#check();
    return this.heap.earliestNs();
  }

  /** Too many for the heap: a calendar is needed, or one of shorter days, or it is a crowd. */
  #crowded(): void {
    const isClosed = this.calendar.horizonNs === Infinity;
    if (isClosed || this.#nextSequence >= this.#checkAt) this.#spread();
    else this.#heapMost *= 2;
  }

  #check(): void {
    const { size } = this;
    const dayNs = this.#dayNsByRate(this.heap.earliestNs());
    if (size < CALENDAR_LEAST) this.#gather();
    else if (!this.calendar.hasAbout(dayNs, size)) this.#spread();
    else this.#calibrated(this.heap.earliestNs());
  }

  /** Puts all events on a calendar whose days have the length that the rate of events asks for. */
  #spread(): void {
    const nowNs = this.heap.earliestNs();
    const wasOpen = this.calendar.horizonNs < Infinity;
    const waiting = this.#takeAll();
    const dayNs = wasOpen ? this.#dayNsByRate(nowNs) : this.#dayNsOf(waiting);
    this.calendar.open(nowNs, dayNs, waiting.length);
    for (const record of waiting) this.calendar.add(record, this.records.timeNs(record));
    this.calendar.takeDay(this.heap);
    this.#heapMost = Math.max(HEAP_MOST, 2 * this.heap.size);
    this.#calibrated(nowNs);
  }

  /** So few events are left that a heap does. */
  #gather(): void {
    for (const record of this.#takeAll()) {
      this.heap.push(this.records.timeNs(record), this.records.sequence(record), record);
    }
    this.#heapMost = HEAP_MOST;
    this.#checkAt = Infinity;
  }

  #takeAll(): number[] {
    return [...this.heap.drain(), ...this.calendar.drain()];
  }

  #calibrated(nowNs: number): void {
    this.#calibratedNs = nowNs;
    this.#calibratedSequence = this.#nextSequence;
    this.#checkAt = this.#nextSequence + Math.max(EVENTS_BETWEEN_CHECKS, 4 * this.size);
  }

  /** By the events since the length was looked at last. */
  #dayNsByRate(nowNs: number): number {
    const eventCount = this.#nextSequence - this.#calibratedSequence;
    return (EVENTS_A_DAY * (nowNs - this.#calibratedNs)) / eventCount;
  }

  /** By the earlier half of those that wait. */
  #dayNsOf(waiting: readonly number[]): number {
    const times = Float64Array.from(waiting, (record) => this.records.timeNs(record)).sort();
    const half = times.length >> 1;
    return (EVENTS_A_DAY * (times[half]! - times[0]!)) / half;
  }
}
