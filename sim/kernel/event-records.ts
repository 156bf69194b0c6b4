/** Where the fields of a record are: doubles and integers are two views of one buffer. */
const DOUBLES = 4;
const INTS = 8;
const TIME = 0;
const SEQUENCE = 1;
const KIND = 4;
const SUBJECT = 5;
const DETAIL = 6;
const NEXT = 7;

/** No record: the end of a list. */
export const NO_RECORD = -1;

/**
 * Waiting events, a record of 32 bytes each, so that an event is on one cache line:
 *
 *     float64: [time ns, sequence,  –,  –  ]   int32: [–, –, –, –, kind, subject, detail, next]
 *
 * `next` links free records, and the records of a list in the `Calendar`.
 */
export class EventRecords {
  private doubles: Float64Array;
  private ints: Int32Array;
  private capacity: number;
  #firstFree = NO_RECORD;
  #usedCount = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.doubles = new Float64Array(capacity * DOUBLES);
    this.ints = new Int32Array(this.doubles.buffer);
  }

  /** A free record with these fields; grows when none is left. */
  acquire(timeNs: number, sequence: number, kind: number, subject: number, detail: number): number {
    let record = this.#firstFree;
    if (record !== NO_RECORD) {
      this.#firstFree = this.ints[record * INTS + NEXT]!;
    } else {
      if (this.#usedCount === this.capacity) this.#grow();
      record = this.#usedCount++;
    }
    const doubles = this.doubles;
    doubles[record * DOUBLES + TIME] = timeNs;
    doubles[record * DOUBLES + SEQUENCE] = sequence;
    const ints = this.ints;
    ints[record * INTS + KIND] = kind;
    ints[record * INTS + SUBJECT] = subject;
    ints[record * INTS + DETAIL] = detail;
    return record;
  }

  /** Fields stay readable until the next `acquire`. */
  release(record: number): void {
    this.ints[record * INTS + NEXT] = this.#firstFree;
    this.#firstFree = record;
  }

  timeNs(record: number): number {
    return this.doubles[record * DOUBLES + TIME]!;
  }

  sequence(record: number): number {
    return this.doubles[record * DOUBLES + SEQUENCE]!;
  }

  kind(record: number): number {
    return this.ints[record * INTS + KIND]!;
  }

  subject(record: number): number {
    return this.ints[record * INTS + SUBJECT]!;
  }

  detail(record: number): number {
    return this.ints[record * INTS + DETAIL]!;
  }

  next(record: number): number {
    return this.ints[record * INTS + NEXT]!;
  }

  setNext(record: number, next: number): void {
    this.ints[record * INTS + NEXT] = next;
  }

  #grow(): void {
    this.capacity *= 2;
    const doubles = new Float64Array(this.capacity * DOUBLES);
    doubles.set(this.doubles);
    this.doubles = doubles;
    this.ints = new Int32Array(doubles.buffer);
  }
}
