/**
 * The future event list: a binary min-heap over parallel arrays, ordered by (time, sequence).
 *
 * Keys move; payloads stay in their slot. The heap holds (time, sequence, slot); a slot holds kind,
 * subject and detail. The sequence number makes equal times first-in first-out, so that a run is a
 * function of its inputs alone. Nothing is allocated after construction, unless it must grow.
 *
 * Binary, though a 4-ary heap is half as deep: which of two children is less can be computed
 * without a branch, and a branch on random times is mispredicted every other time.
 *
 * `pop` leaves a hole at the root. Most handlers schedule exactly one successor, and the next
 * `push` drops it into the hole: one sift down instead of a sift down and a sift up.
 */
export class EventQueue {
  /** Fields of the event popped last. */
  timeNs = 0;
  kind = 0;
  subject = 0;
  detail = 0;

  /** Children of position i are 2i + 1 and 2i + 2. Positions from `#size` on hold Infinity. */
  #times: Float64Array;
  #sequences: Uint32Array;
  #slots: Uint32Array;
  /** Per slot: kind, subject, detail, and a gap, so that none straddles two cache lines. */
  #payload: Int32Array;
  /** Slots `#freed[0 … #freedCount)` are free; so are all from `#usedCount` on. */
  #freed: Uint32Array;
  #freedCount = 0;
  #usedCount = 0;
  /** Heap entries, the hole included. */
  #size = 0;
  #hasHole = false;
  #nextSequence: number;

  /** `capacity`: events before it grows. `firstSequence` is for tests of its end. */
  constructor(capacity = 1024, firstSequence = 0) {
    this.#nextSequence = firstSequence;
    // one position more than events: the last parent's second child may be missing
    this.#times = new Float64Array(capacity + 1).fill(Infinity);
    this.#sequences = new Uint32Array(capacity + 1);
    this.#slots = new Uint32Array(capacity + 1);
    this.#payload = new Int32Array(capacity * 4);
    this.#freed = new Uint32Array(capacity);
  }

  /** Events waiting. */
  get size(): number {
    return this.#hasHole ? this.#size - 1 : this.#size;
  }

  /** Adds an event at a finite time; `kind`, `subject` and `detail` are 32-bit signed integers. */
  push(timeNs: number, kind: number, subject: number, detail: number): void {
    if (this.#nextSequence === SEQUENCE_END) this.#renumber();
    if (this.#usedCount === this.#freed.length && this.#freedCount === 0) this.#grow();
    const slot = this.#freedCount > 0 ? this.#freed[--this.#freedCount]! : this.#usedCount++;
    const payload = this.#payload;
    const base = slot * 4;
    payload[base] = kind;
    payload[base + 1] = subject;
    payload[base + 2] = detail;
    const sequence = this.#nextSequence++;
    if (this.#hasHole) {
      this.#hasHole = false;
      this.#siftDown(timeNs, sequence, slot);
    } else {
      this.#siftUp(timeNs, sequence, slot);
    }
  }

  /** Takes the earliest event at or before `untilNs` into the fields; false if there is none. */
  pop(untilNs = Infinity): boolean {
    if (this.#hasHole) this.#closeHole();
    if (this.#size === 0) return false;
    const timeNs = this.#times[0]!;
    if (timeNs > untilNs) return false;
    const slot = this.#slots[0]!;
    const payload = this.#payload;
    const base = slot * 4;
    this.timeNs = timeNs;
    this.kind = payload[base]!;
    this.subject = payload[base + 1]!;
    this.detail = payload[base + 2]!;
    this.#freed[this.#freedCount++] = slot;
    this.#hasHole = true;
    return true;
  }

  /** Time of the earliest event; Infinity when none waits. */
  peekTimeNs(): number {
    if (this.#hasHole) this.#closeHole();
    return this.#size === 0 ? Infinity : this.#times[0]!;
  }

  #closeHole(): void {
    this.#hasHole = false;
    const last = --this.#size;
    const timeNs = this.#times[last]!;
    this.#times[last] = Infinity;
    if (last > 0) this.#siftDown(timeNs, this.#sequences[last]!, this.#slots[last]!);
  }

  /** A new event, the youngest of all, from the bottom: equal times stay above it. */
  #siftUp(timeNs: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentNs = times[parent]!;
      if (parentNs <= timeNs) break;
      times[hole] = parentNs;
      sequences[hole] = sequences[parent]!;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    slots[hole] = slot;
  }

  /** Any event into the hole at the root. */
  #siftDown(timeNs: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    const parentCount = this.#size >> 1;
    let hole = 0;
    while (hole < parentCount) {
      const left = 2 * hole + 1;
      const right = left + 1;
      const leftNs = times[left]!;
      const rightNs = times[right]!;
      // 1 where the right child comes first, in arithmetic: no branch to mispredict
      const isTie = +(rightNs === leftNs);
      const isRight = +(rightNs < leftNs) | (isTie & +(sequences[right]! < sequences[left]!));
      const child = left + isRight;
      const childNs = times[child]!;
      if (childNs > timeNs || (childNs === timeNs && sequences[child]! > sequence)) break;
      times[hole] = childNs;
      sequences[hole] = sequences[child]!;
      slots[hole] = slots[child]!;
      hole = child;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    slots[hole] = slot;
  }

  /** The sequence is used up: numbers the waiting events anew, in order. Once in 2^32 events. */
  #renumber(): void {
    if (this.#hasHole) this.#closeHole();
    const sequences = this.#sequences;
    const waiting = Array.from({ length: this.#size }, (_, position) => position);
    waiting.sort((a, b) => sequences[a]! - sequences[b]!);
    for (const [sequence, position] of waiting.entries()) sequences[position] = sequence;
    this.#nextSequence = waiting.length;
  }

  #grow(): void {
    const capacity = this.#freed.length * 2;
    this.#times = grown(this.#times, new Float64Array(capacity + 1).fill(Infinity));
    this.#sequences = grown(this.#sequences, new Uint32Array(capacity + 1));
    this.#slots = grown(this.#slots, new Uint32Array(capacity + 1));
    this.#freed = grown(this.#freed, new Uint32Array(capacity));
    this.#payload = grown(this.#payload, new Int32Array(capacity * 4));
  }
}

/** Sequence numbers are unsigned 32-bit integers. */
const SEQUENCE_END = 2 ** 32;

type Column = Float64Array | Uint32Array | Int32Array;

function grown<C extends Column>(from: C, to: C): C {
  to.set(from);
  return to;
}
