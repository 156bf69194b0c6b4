import { expOfNegative } from '../numbers/exp.ts';

/** Classes of requests in flight: 0, 1, 2–3, 4–7 … 2¹⁰ and more. */
const CLASSES = 12;
/** Newest latencies that are kept in each. */
const MEMORY = 15;
const ROW = CLASSES * MEMORY;

/** Time constant of the peak EWMA in Finagle and Envoy. */
export const LATENCY_DECAY_NS = 10e9;

/**
 * Estimates what a backend would report as its latency: the median of those of its newest requests
 * that ended at about its present load. Columns, a row of classes a slot.
 *
 * The paper says "recent" and no more (Prequal, NSDI 2024, §4). A median alone never ages where
 * nothing is sent: an idle backend with an unlucky one would be avoided for ever. So the estimate
 * falls with the time t since its last answer as e^(−t ÷ `decayNs`), as that of Finagle's peak EWMA
 * does when it is read, until the backend is tried again. A decay of Infinity is none.
 */
export class LatencyByLoad {
  #latencyNs = new Float64Array(0);
  /** Latencies that a class has ever held; its ring stands at this modulo `MEMORY`. */
  #added = new Uint32Array(0);
  /** By slot: when its last answer came. */
  #answeredNs = new Float64Array(0);
  readonly #scratch = new Float64Array(MEMORY);
  readonly #decayNs: number;

  constructor(decayNs = LATENCY_DECAY_NS) {
    this.#decayNs = decayNs;
  }

  reserve(slotCount: number): void {
    if (slotCount * CLASSES <= this.#added.length) return;
    const latencyNs = new Float64Array(slotCount * ROW);
    const added = new Uint32Array(slotCount * CLASSES);
    latencyNs.set(this.#latencyNs);
    added.set(this.#added);
    const answeredNs = new Float64Array(slotCount);
    answeredNs.set(this.#answeredNs);
    this.#answeredNs = answeredNs;
    this.#latencyNs = latencyNs;
    this.#added = added;
  }

  reset(slot: number): void {
    this.#added.fill(0, slot * CLASSES, (slot + 1) * CLASSES);
  }

  add(slot: number, requestsInFlight: number, latencyNs: number, nowNs: number): void {
    this.#answeredNs[slot] = nowNs;
    const loadClass = classOf(requestsInFlight);
    const added = this.#added[slot * CLASSES + loadClass]!++;
    this.#latencyNs[slot * ROW + loadClass * MEMORY + (added % MEMORY)] = latencyNs;
  }

  /** 0 of a backend that has answered nothing. */
  estimateNs(slot: number, requestsInFlight: number, nowNs: number): number {
    const medianNs = this.#nearestMedian(slot, requestsInFlight);
    const silenceNs = nowNs - this.#answeredNs[slot]!;
    return silenceNs > 0 ? medianNs * expOfNegative(-silenceNs / this.#decayNs) : medianNs;
  }

  #nearestMedian(slot: number, requestsInFlight: number): number {
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
