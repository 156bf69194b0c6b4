import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import { bestByHotCold, worstByHotCold, type LoadColumns } from './hot-cold.ts';

/**
 * Answers to probes, at most one a backend, in columns in the order in which they came: row 0 is
 * the oldest.
 */
export class ProbePool implements LoadColumns {
  count = 0;
  readonly requestsInFlight: Float64Array;
  readonly latencyNs: Float64Array;
  readonly #backend: Int32Array;
  readonly #receivedNs: Float64Array;
  readonly #usesLeft: Float64Array;

  constructor(size: number) {
    this.requestsInFlight = new Float64Array(size);
    this.latencyNs = new Float64Array(size);
    this.#backend = new Int32Array(size);
    this.#receivedNs = new Float64Array(size);
    this.#usesLeft = new Float64Array(size);
  }

  /** Replaces what is known of the backend, or else the oldest when the pool is full. */
  add(answer: {
    readonly backend: BackendIndex;
    readonly requestsInFlight: number;
    readonly latencyNs: number;
    readonly receivedNs: number;
    readonly uses: number;
  }): void {
    this.dropBackend(answer.backend);
    if (this.count === this.#backend.length) this.dropRow(0);
    const row = this.count++;
    this.#backend[row] = answer.backend;
    this.requestsInFlight[row] = answer.requestsInFlight;
    this.latencyNs[row] = answer.latencyNs;
    this.#receivedNs[row] = answer.receivedNs;
    this.#usesLeft[row] = answer.uses;
  }

  dropOlderThan(receivedNs: number): void {
    while (this.count > 0 && this.#receivedNs[0]! < receivedNs) this.dropRow(0);
  }

  dropWorst(theta: number): void {
    if (this.count > 0) this.dropRow(worstByHotCold(this, theta));
  }

  dropBackend(backend: BackendIndex): void {
    for (let row = 0; row < this.count; row++) {
      if (this.#backend[row] === backend) this.dropRow(row);
    }
  }

  /** Keeps only what passes. */
  filter(isKept: (backend: BackendIndex) => boolean): void {
    for (let row = this.count - 1; row >= 0; row--) {
      if (!isKept(this.#backend[row]! as BackendIndex)) this.dropRow(row);
    }
  }

  /** The best by the hot-cold rule; counts one use of it, and one request more in flight there. */
  use(theta: number): BackendIndex {
    const row = bestByHotCold(this, theta);
    if (row < 0) return NO_BACKEND;
    const backend = this.#backend[row]! as BackendIndex;
    this.requestsInFlight[row]!++;
    this.#usesLeft[row]!--;
    if (this.#usesLeft[row]! <= 0) this.dropRow(row);
    return backend;
  }

  /** By hand: for so few rows five calls of `copyWithin` cost several times as much. */
  dropRow(row: number): void {
    const backend = this.#backend;
    const { requestsInFlight, latencyNs } = this;
    const receivedNs = this.#receivedNs;
    const usesLeft = this.#usesLeft;
    const last = --this.count;
    for (let to = row; to < last; to++) {
      backend[to] = backend[to + 1]!;
      requestsInFlight[to] = requestsInFlight[to + 1]!;
      latencyNs[to] = latencyNs[to + 1]!;
      receivedNs[to] = receivedNs[to + 1]!;
      usesLeft[to] = usesLeft[to + 1]!;
    }
  }
}
