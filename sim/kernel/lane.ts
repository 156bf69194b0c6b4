/** Numbers of a record's integers; the time stands in a column of its own. */
const INTS = 4;
const SEQUENCE = 0;
const KIND = 1;
const SUBJECT = 2;
const DETAIL = 3;

/**
 * Events whose times do not decrease from one to the next, such as arrivals at the far end of a
 * constant delay: a ring of which only the head is in the event queue, so that a hundred thousand
 * packets under way between the same two places cost the queue one entry. [htsim's pipes]
 *
 *     ring:  · · [next  …  youngest] · ·      the head, if any, is in the queue
 */
export class Lane {
  /** Events waiting, the head in the queue included. */
  size = 0;
  /** Time of the youngest; a lane takes nothing earlier while it holds anything. */
  lastNs = -Infinity;

  // Fields of the event taken last.
  timeNs = 0;
  sequence = 0;
  kind = 0;
  subject = 0;
  detail = 0;

  #times = new Float64Array(FIRST_CAPACITY);
  /** Sequences are unsigned, and read as such. */
  #ints = new Int32Array(FIRST_CAPACITY * INTS);
  #next = 0;

  /** Behind the youngest; `size` is at least 1, as the head is not in the ring. */
  append(timeNs: number, sequence: number, kind: number, subject: number, detail: number): void {
    const waitingCount = this.size++ - 1;
    if (waitingCount === this.#times.length) this.#grow();
    const place = (this.#next + waitingCount) & (this.#times.length - 1);
    const ints = this.#ints;
    const base = place * INTS;
    this.#times[place] = timeNs;
    ints[base + SEQUENCE] = sequence;
    ints[base + KIND] = kind;
    ints[base + SUBJECT] = subject;
    ints[base + DETAIL] = detail;
    this.lastNs = timeNs;
  }

  /** The head has left the queue: the next, if any, into the fields, as the new head. */
  takeNext(): boolean {
    if (--this.size === 0) return false;
    const place = this.#next;
    const ints = this.#ints;
    const base = place * INTS;
    this.timeNs = this.#times[place]!;
    this.sequence = ints[base + SEQUENCE]! >>> 0;
    this.kind = ints[base + KIND]!;
    this.subject = ints[base + SUBJECT]!;
    this.detail = ints[base + DETAIL]!;
    this.#next = (place + 1) & (this.#times.length - 1);
    return true;
  }

  /** Shows the sequence of each event in the ring and writes back what it is answered. */
  renumber(sequenceOf: (sequence: number) => number): void {
    const ints = this.#ints;
    for (let waiting = 0; waiting < this.size - 1; waiting++) {
      const base = ((this.#next + waiting) & (this.#times.length - 1)) * INTS;
      ints[base + SEQUENCE] = sequenceOf(ints[base + SEQUENCE]! >>> 0);
    }
  }

  #grow(): void {
    const { length } = this.#times;
    const times = new Float64Array(length * 2);
    const ints = new Int32Array(length * 2 * INTS);
    const untilEnd = length - this.#next;
    times.set(this.#times.subarray(this.#next));
    times.set(this.#times.subarray(0, this.#next), untilEnd);
    ints.set(this.#ints.subarray(this.#next * INTS));
    ints.set(this.#ints.subarray(0, this.#next * INTS), untilEnd * INTS);
    this.#times = times;
    this.#ints = ints;
    this.#next = 0;
  }
}

/** A power of two. */
const FIRST_CAPACITY = 8;
