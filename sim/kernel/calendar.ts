import { EventHeap } from './event-heap.ts';
import { NO_RECORD, type EventRecords } from './event-records.ts';

/** Days a year at least; with so few events a heap alone is as quick. */
const DAYS_LEAST = 1024;
/** A calendar does as long as its days and its year are not off by more than this factor. */
const TOLERANCE = 4;

/**
 * Events of a later day: a calendar queue (Brown, CACM 31(10), 1988). Time is cut into days of
 * equal length; a day's events are a list without order, found by `day mod number of days in a
 * year`. Adding one costs the same however many wait. Days beyond the year stand in a heap.
 *
 * Order is not its business: the events of the day that comes are sorted by whoever takes them.
 */
export class Calendar {
  /** Events on the calendar. */
  count = 0;
  /** Beginning of the first day that has not been taken; Infinity while nothing may be added. */
  horizonNs = Infinity;

  private readonly records: EventRecords;
  /** First record of each day of the year. */
  #heads = new Int32Array(0);
  #mask = 0;
  #dayNs = 1;
  #daysPerNs = 1;
  /** Number of the first day that has not been taken, and its place in the year. */
  #day = 0;
  #place = 0;
  #beyond = new EventHeap(64);

  constructor(records: EventRecords) {
    this.records = records;
  }

  /** Begins anew, empty, at the day of `nowNs`, in days of about this length and so many a year. */
  open(nowNs: number, dayNs: number, daysLeast: number): void {
    let days = DAYS_LEAST;
    while (days < daysLeast) days *= 2;
    let length = 1;
    while (length < dayNs) length *= 2;
    this.#heads = new Int32Array(days).fill(NO_RECORD);
    this.#mask = days - 1;
    this.#dayNs = length;
    this.#daysPerNs = 1 / length;
    this.#day = Math.floor(nowNs * this.#daysPerNs);
    this.horizonNs = this.#day * length;
    this.#beyond = new EventHeap(64);
    this.count = 0;
  }

  /** `timeNs` is not before the horizon. */
  add(record: number, timeNs: number): void {
    this.count++;
    const ahead = Math.floor(timeNs * this.#daysPerNs) - this.#day;
    if (ahead > this.#mask) {
      this.#beyond.push(timeNs, this.records.sequence(record), record);
      return;
    }
    const place = (this.#place + ahead) & this.#mask;
    this.records.setNext(record, this.#heads[place]!);
    this.#heads[place] = record;
  }

  /** Moves the first day that has events into the heap; there must be one. */
  takeDay(into: EventHeap): void {
    this.#skipEmptyDays();
    const records = this.records;
    let record = this.#heads[this.#place]!;
    this.#heads[this.#place] = NO_RECORD;
    while (record !== NO_RECORD) {
      into.push(records.timeNs(record), records.sequence(record), record);
      this.count--;
      record = records.next(record);
    }
    this.#day++;
    this.#place = (this.#place + 1) & this.#mask;
    this.horizonNs = this.#day * this.#dayNs;
    while (this.#beyond.earliestNs() < this.horizonNs) this.#takeBeyond(into);
  }

  /** Whether a calendar opened now would have days and a year of about the same length. */
  hasAbout(dayNs: number, daysLeast: number): boolean {
    const days = this.#mask + 1;
    const isDay = dayNs < this.#dayNs * TOLERANCE && dayNs * TOLERANCE > this.#dayNs;
    return isDay && daysLeast <= days * TOLERANCE && daysLeast * TOLERANCE >= days / 2;
  }

  /** Takes all records off, in no particular order, and closes the calendar. */
  drain(): number[] {
    const drained = [...this.#beyond.drain()];
    for (const head of this.#heads) {
      for (let record = head; record !== NO_RECORD; record = this.records.next(record)) {
        drained.push(record);
      }
    }
    this.count = 0;
    this.horizonNs = Infinity;
    return drained;
  }

  /** To the day of the earliest event. */
  #skipEmptyDays(): void {
    const heads = this.#heads;
    const mask = this.#mask;
    const beyondDay = Math.floor(this.#beyond.earliestNs() * this.#daysPerNs);
    if (this.count === this.#beyond.size) {
      this.#day = beyondDay;
      return;
    }
    const daysToBeyond = beyondDay - this.#day;
    let place = this.#place;
    let skipped = 0;
    while (heads[place] === NO_RECORD && skipped < daysToBeyond) {
      skipped++;
      place = (place + 1) & mask;
    }
    this.#place = place;
    this.#day += skipped;
  }

  #takeBeyond(into: EventHeap): void {
    const record = this.#beyond.take();
    this.count--;
    into.push(this.records.timeNs(record), this.records.sequence(record), record);
  }
}
