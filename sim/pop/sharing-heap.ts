import { NO_VISIT, type VisitIndex, type Visits } from './visits.ts';

/**
 * The visits that share one server, smallest finish tag first; ties: first come first. A binary
 * heap.
 */
export class SharingHeap {
  private readonly visits: Visits;
  readonly #heap: number[] = [];

  constructor(visits: Visits) {
    this.visits = visits;
  }

  head(): VisitIndex {
    return (this.#heap[0] ?? NO_VISIT) as VisitIndex;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  push(visit: VisitIndex): void {
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(visit);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isBefore(visit, heap[parent]!)) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = visit;
  }

  /** Removes and returns the head; the heap must not be empty. */
  pop(): VisitIndex {
    const heap = this.#heap;
    const head = heap[0]!;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return head as VisitIndex;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
    return head as VisitIndex;
  }

  #isBefore(a: number, b: number): boolean {
    const { finishTag, order } = this.visits;
    const tagA = finishTag[a]!;
    const tagB = finishTag[b]!;
    return tagA < tagB || (tagA === tagB && order[a]! < order[b]!);
  }
}
