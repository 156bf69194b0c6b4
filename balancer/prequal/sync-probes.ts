import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { RandomSource } from '../ports.ts';
import { bestByHotCold, type LoadColumns } from './hot-cold.ts';

/**
 * Prequal's synchronous mode (NSDI 2024, §4): a request probes `probeCount` random backends, waits
 * for all answers but one, and goes to the best of them by the hot-cold rule. One object per
 * request under way, or one that is begun anew for each: `begin`, `answer` until `isReady` (or
 * until the probes' timeout), `choose`.
 */
export class SyncProbes implements LoadColumns {
  /** Answers so far. */
  count = 0;
  readonly probeCount: number;
  readonly #backend: Int32Array;
  readonly requestsInFlight: Float64Array;
  readonly latencyNs: Float64Array;
  readonly #probed: Int32Array;
  #sentCount = 0;

  constructor(probeCount: number) {
    if (!(probeCount >= 2)) throw new RangeError(`at least two probes, not ${probeCount}`);
    this.probeCount = probeCount;
    this.#backend = new Int32Array(probeCount);
    this.#probed = new Int32Array(probeCount);
    this.requestsInFlight = new Float64Array(probeCount);
    this.latencyNs = new Float64Array(probeCount);
  }

  /**
   * Draws whom to probe by a partial shuffle of `backends`, which is left in another order; returns
   * how many, whom `probed` tells.
   */
  begin(backends: Int32Array, random: RandomSource): number {
    this.count = 0;
    this.#sentCount = Math.min(this.probeCount, backends.length);
    for (let i = 0; i < this.#sentCount; i++) {
      const at = i + Math.floor(random() * (backends.length - i));
      const drawn = backends[at]!;
      backends[at] = backends[i]!;
      backends[i] = drawn;
      this.#probed[i] = drawn;
    }
    return this.#sentCount;
  }

  probed(i: number): BackendIndex {
    return this.#probed[i]! as BackendIndex;
  }

  answer(backend: BackendIndex, requestsInFlight: number, latencyNs: number): void {
    if (this.count === this.#sentCount) return;
    const row = this.count++;
    this.#backend[row] = backend;
    this.requestsInFlight[row] = requestsInFlight;
    this.latencyNs[row] = latencyNs;
  }

  /** All answers but one are there; with a single probe, that one. */
  get isReady(): boolean {
    return this.count >= Math.max(1, this.#sentCount - 1);
  }

  /**
   * The best of the answers so far, where more than `theta` requests in flight is hot; without any,
   * the first that was probed.
   */
  choose(theta: number): BackendIndex {
    const row = bestByHotCold(this, theta);
    if (row >= 0) return this.#backend[row]! as BackendIndex;
    return this.#sentCount === 0 ? NO_BACKEND : this.probed(0);
  }
}
