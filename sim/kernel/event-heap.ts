import { grown } from './columns.ts';

/**
 * A binary min-heap of records, ordered by (time, sequence), in parallel arrays.
 *
 * Binary, though a 4-ary heap is half as deep: which of two children is less can be computed
 * without a branch, and a branch on random times is mispredicted every other time.
 *
 * `take` leaves a hole at the root. Most handlers schedule exactly one successor, and the next
 * `push` drops it into the hole: one sift down instead of a sift down and a sift up.
 */
export class EventHeap {
  /** Room before it grows. */
  capacity: number;
  /** Children of position i are 2i + 1 and 2i + 2. Positions from `#size` on hold Infinity. */
  private times: Float64Array;
  private sequences: Float64Array;
  private records: Int32Array;
  /** Entries, the hole included. */
  #size = 0;
  #hasHole = false;

  constructor(capacity: number) {
    this.capacity = capacity;
    // one position more than events: the last parent's second child may be missing
    this.times = new Float64Array(capacity + 1).fill(Infinity);
    this.sequences = new Float64Array(capacity + 1);
    this.records = new Int32Array(capacity + 1);
  }

  get size(): number {
    return this.#hasHole ? this.#size - 1 : this.#size;
  }

  push(timeNs: number, sequence: number, record: number): void {
    if (this.#hasHole) {
      this.#hasHole = false;
      this.#siftDown(timeNs, sequence, record);
    } else {
      if (this.#size === this.capacity) this.#grow();
      this.#siftUp(timeNs, sequence, record);
    }
  }

  /** Time of the earliest event; Infinity when none waits. */
  earliestNs(): number {
    if (this.#hasHole) this.#closeHole();
    return this.times[0]!;
  }

  /** Takes the earliest out: only after `earliestNs` has said that there is one. */
  take(): number {
    this.#hasHole = true;
    return this.records[0]!;
  }

  /** Takes all out, in the order of the heap. */
  drain(): Int32Array {
    if (this.#hasHole) this.#closeHole();
    const drained = this.records.slice(0, this.#size);
    this.times.fill(Infinity);
    this.#size = 0;
    return drained;
  }

  #closeHole(): void {
    this.#hasHole = false;
    const last = --this.#size;
    const timeNs = this.times[last]!;
    this.times[last] = Infinity;
    if (last > 0) this.#siftDown(timeNs, this.sequences[last]!, this.records[last]!);
  }

  /** From the bottom. */
  #siftUp(timeNs: number, sequence: number, record: number): void {
    const times = this.times;
    const sequences = this.sequences;
    const records = this.records;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentNs = times[parent]!;
      if (parentNs < timeNs || (parentNs === timeNs && sequences[parent]! < sequence)) break;
      times[hole] = parentNs;
      sequences[hole] = sequences[parent]!;
      records[hole] = records[parent]!;
      hole = parent;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    records[hole] = record;
  }

  /** Into the hole at the root. */
  #siftDown(timeNs: number, sequence: number, record: number): void {
    const times = this.times;
    const sequences = this.sequences;
    const records = this.records;
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
      records[hole] = records[child]!;
      hole = child;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    records[hole] = record;
  }

  #grow(): void {
    const length = this.capacity + 1;
    this.capacity *= 2;
    this.times = grown(this.times, this.capacity + 1).fill(Infinity, length);
    this.sequences = grown(this.sequences, this.capacity + 1);
    this.records = grown(this.records, this.capacity + 1);
  }
}
