/** Classes of requests in flight: 0, 1, 2–3, 4–7 … 2¹⁰ and more. */
const CLASSES = 12;
/** Newest latencies that are kept in each. */
const MEMORY = 15;
const ROW = CLASSES * MEMORY;

/**
 * Estimates what a backend would report as its latency: the median of those of its newest requests
 * that ended at about its present load. Columns, a row of classes a slot.
 */
export class LatencyByLoad {
  #latencyNs = new Float64Array(0);
  /** Latencies that a class has ever held; its ring stands at this modulo `MEMORY`. */
  #added = new Uint32Array(0);
  readonly #scratch = new Float64Array(MEMORY);

  reserve(slotCount: number): void {
    if (slotCount * CLASSES <= this.#added.length) return;
    const latencyNs = new Float64Array(slotCount * ROW);
    const added = new Uint32Array(slotCount * CLASSES);
    latencyNs.set(this.#latencyNs);
    added.set(this.#added);
    this.#latencyNs = latencyNs;
    this.#added = added;
  }

  reset(slot: number): void {
    this.#added.fill(0, slot * CLASSES, (slot + 1) * CLASSES);
  }

  add(slot: number, requestsInFlight: number, latencyNs: number): void {
    const loadClass = classOf(requestsInFlight);
    const added = this.#added[slot * CLASSES + loadClass]!++;
    this.#latencyNs[slot * ROW + loadClass * MEMORY + (added % MEMORY)] = latencyNs;
  }

  /** 0 of a backend that has answered nothing. */
  estimateNs(slot: number, requestsInFlight: number): number {
    const wanted = classOf(requestsInFlight);
    for (let distance = 0; distance < CLASSES; distance++) {
      for (let side = -1; side <= 1; side += 2) {
        const loadClass = wanted + side * distance;
        if (loadClass < 0 || loadClass >= CLASSES) continue;
        if (this.#added[slot * CLASSES + loadClass]! > 0) return this.#median(slot, loadClass);
      }
    }
    return 0;
  }

  #median(slot: number, loadClass: number): number {
    const count = Math.min(MEMORY, this.#added[slot * CLASSES + loadClass]!);
    const from = slot * ROW + loadClass * MEMORY;
    const sorted = this.#scratch;
    for (let i = 0; i < count; i++) {
      const latencyNs = this.#latencyNs[from + i]!;
      let at = i;
      for (; at > 0 && sorted[at - 1]! > latencyNs; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = latencyNs;
    }
    return sorted[(count - 1) >> 1]!;
  }
}

function classOf(requestsInFlight: number): number {
  return Math.min(CLASSES - 1, 32 - Math.clz32(requestsInFlight));
}
