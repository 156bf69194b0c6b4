import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';

/** The weight of a backend at this moment; above 0. */
export type WeightOf = (backend: BackendIndex) => number;

/**
 * Added to the weights of the first deadlines, and only there, as in Envoy: it breaks the ties of
 * deadlines that are equal on paper in the order that Envoy's own tests expect.
 */
const FIRST_EPSILON = 1e-13;

/** Above it a number of early picks would overflow Envoy's arithmetic; it is taken modulo this. */
const EARLY_PICKS_LIMIT = 429_496_729;

/** Whose details: the first deadlines, and the order of equal ones. */
export type EdfProduct = 'envoy' | 'grpc' | 'grpc-untied';

/**
 * Earliest deadline first, as Envoy schedules by weight (`edf_scheduler.h`): each backend has a
 * deadline, the earliest is picked and set again 1 ÷ weight later, with its weight of that moment.
 * Equal deadlines come in the order in which they were set, or, in gRPC-Go, in that of the backends
 * (`internal/wrr/edf.go`). A binary heap; O(log n) a pick.
 *
 * `grpc-untied` is gRPC-Go up to 1.31: equal deadlines come as the heap happens to have them, and
 * first deadlines count from the earliest so far. Two equal backends give 1 1 2 2 (grpc-go#3793).
 */
export class EdfScheduler {
  readonly #product: EdfProduct;
  #now = 0;
  #size = 0;
  /** Number of the next deadline to be set, for ties. */
  #nextOrder = 0;
  #deadline = new Float64Array(0);
  #order = new Float64Array(0);
  #backend = new Int32Array(0);

  constructor(product: EdfProduct = 'envoy') {
    this.#product = product;
  }

  /**
   * Begins anew, as if so many picks had been made: each backend had its whole part of them, and
   * the rest are made now, so that schedulers that start together do not pick the same backend
   * first (envoy#3271). O(n), whatever their number.
   */
  rebuild(backends: Int32Array, weightOf: WeightOf, earlyPicks: number): void {
    const count = backends.length;
    this.#now = 0;
    this.#size = 0;
    this.#nextOrder = 0;
    this.#deadline = new Float64Array(count);
    this.#order = new Float64Array(count);
    this.#backend = new Int32Array(count);
    const epsilon = this.#product === 'envoy' ? FIRST_EPSILON : 0;
    const weights = Float64Array.from(backends, (b) => weightOf(b as BackendIndex) + epsilon);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const wanted = earlyPicks % EARLY_PICKS_LIMIT;
    let made = 0;
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!;
      const had = Math.floor((weight * wanted) / total);
      made += had;
      this.#now = Math.max(this.#now, had / weight);
      const sinceNow = this.#product === 'grpc-untied' ? (this.#deadline[0] ?? 0) : 0;
      this.#insert(sinceNow + (had + 1) / weight, backends[i]!);
    }
    if (count > 0) for (; made < wanted; made++) this.pick(weightOf);
  }

  /** `NO_BACKEND` without backends. */
  pick(weightOf: WeightOf): BackendIndex {
    if (this.#size === 0) return NO_BACKEND;
    const backend = this.#backend[0]! as BackendIndex;
    this.#now = this.#deadline[0]!;
    const order = this.#product === 'envoy' ? this.#nextOrder++ : this.#order[0]!;
    this.#sink(0, this.#now + 1 / weightOf(backend), order, backend);
    return backend;
  }

  #insert(deadline: number, backend: number): void {
    let at = this.#size++;
    const order = this.#product === 'grpc-untied' ? 0 : this.#nextOrder++;
    for (let parent = (at - 1) >> 1; at > 0; parent = (at - 1) >> 1) {
      if (!this.#isBefore(deadline, order, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, deadline, order, backend);
  }

  /** Puts an entry where it belongs at or below `from`, whose own entry is gone. */
  #sink(from: number, deadline: number, order: number, backend: number): void {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size) {
        const isRight = this.#isBefore(this.#deadline[right]!, this.#order[right]!, child);
        if (isRight) child = right;
      }
      if (!this.#isAfter(deadline, order, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#set(at, deadline, order, backend);
  }

  #isBefore(deadline: number, order: number, at: number): boolean {
    const other = this.#deadline[at]!;
    return deadline < other || (deadline === other && order < this.#order[at]!);
  }

  #isAfter(deadline: number, order: number, at: number): boolean {
    const other = this.#deadline[at]!;
    return deadline > other || (deadline === other && order > this.#order[at]!);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#deadline[from]!, this.#order[from]!, this.#backend[from]!);
  }

  #set(at: number, deadline: number, order: number, backend: number): void {
    this.#deadline[at] = deadline;
    this.#order[at] = order;
    this.#backend[at] = backend;
  }
}
