/** What one writes first: a binary heap of objects with a time and a closure. A peer to beat. */
export class ClosureHeap {
  nowNs = 0;
  readonly #heap: { timeNs: number; sequence: number; run: () => void }[] = [];
  #sequence = 0;

  push(timeNs: number, run: () => void): void {
    const heap = this.#heap;
    const entry = { timeNs, sequence: this.#sequence++, run };
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (heap[parent]!.timeNs <= timeNs) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = entry;
  }

  runNext(): void {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    const size = heap.length;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    if (size > 0) heap[hole] = last;
    this.nowNs = top.timeNs;
    top.run();
  }
}

interface Key {
  readonly timeNs: number;
  readonly sequence: number;
}

function isBefore(a: Key, b: Key): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.sequence < b.sequence);
}
