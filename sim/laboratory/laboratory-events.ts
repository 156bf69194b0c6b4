import { grown } from '../kernel/columns.ts';

/** Before it grows. */
const FIRST_CAPACITY = 64;

/**
 * The future event list of a laboratory: a binary heap in columns, in the order of (time,
 * sequence). Nearly each event of a queue makes the next one, so the earliest is mostly replaced,
 * which is one way down the heap instead of two.
 */
export class LaboratoryEvents {
  size = 0;
  /** Of each place in the heap; the earliest event stands at 0, Infinity where there is none. */
  timeNs = new Float64Array(FIRST_CAPACITY).fill(Infinity);
  subject = new Int32Array(FIRST_CAPACITY);
  #sequence = new Float64Array(FIRST_CAPACITY);
  /** Counts events scheduled: exact up to 2^53. */
  #nextSequence = 0;

  /** Adds an event; one of a later call comes later where the times are equal. */
  push(timeNs: number, subject: number): void {
    if (this.size === this.timeNs.length) this.#grow();
    const { timeNs: times } = this;
    let place = this.size++;
    // it comes last among equals, so that its parent moves down only if it is strictly later
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (times[parent]! <= timeNs) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#set(place, timeNs, this.#nextSequence++, subject);
  }

  /** Puts a new event in the place of the earliest. */
  replaceFirst(timeNs: number, subject: number): void {
    this.#sink(timeNs, this.#nextSequence++, subject);
  }

  removeFirst(): void {
    const last = --this.size;
    const timeNs = this.timeNs[last]!;
    this.timeNs[last] = Infinity;
    if (last > 0) this.#sink(timeNs, this.#sequence[last]!, this.subject[last]!);
  }

  /** From the top down to where it belongs. */
  #sink(timeNs: number, sequence: number, subject: number): void {
    const { size, timeNs: times } = this;
    const sequences = this.#sequence;
    let place = 0;
    for (let child = 1; child < size; child = place * 2 + 1) {
      const right = child + 1;
      if (right < size && this.#isEarlier(right, child)) child = right;
      const childNs = times[child]!;
      if (timeNs < childNs || (timeNs === childNs && sequence < sequences[child]!)) break;
      this.#move(child, place);
      place = child;
    }
    this.#set(place, timeNs, sequence, subject);
  }

  #isEarlier(a: number, b: number): boolean {
    const aNs = this.timeNs[a]!;
    const bNs = this.timeNs[b]!;
    return aNs < bNs || (aNs === bNs && this.#sequence[a]! < this.#sequence[b]!);
  }

  #move(from: number, to: number): void {
    this.timeNs[to] = this.timeNs[from]!;
    this.#sequence[to] = this.#sequence[from]!;
    this.subject[to] = this.subject[from]!;
  }

  #set(place: number, timeNs: number, sequence: number, subject: number): void {
    this.timeNs[place] = timeNs;
    this.#sequence[place] = sequence;
    this.subject[place] = subject;
  }

  #grow(): void {
    const capacity = this.size * 2;
    this.timeNs = grown(this.timeNs, capacity).fill(Infinity, this.size);
    this.subject = grown(this.subject, capacity);
    this.#sequence = grown(this.#sequence, capacity);
  }
}
