/** What one direction of a link is made of. */
export interface PipeSpec {
  readonly latencyNs: number;
  /** Infinity = never a bottleneck. */
  readonly bandwidthBps: number;
  readonly lossRatio: number;
  readonly bufferNs: number;
}

/** Load is reckoned over a sliding window of this length. */
const WINDOW_NS = 1e9;

/** The packet whose serialisation is the unit of queueing delay: Ethernet's MTU. */
const PACKET_BITS = 1500 * 8;

/**
 * One-directional pipes in columns: what is carried drives utilisation, utilisation drives queueing
 * delay (M/M/1 up to the buffer); beyond saturation transfers share what there is (see `Backbone`).
 *
 * Left out: packets. Load is the bytes of whole responses, at the moment they are sent.
 */
export class Pipes {
  readonly count: number;
  readonly #latencyNs: Float64Array;
  readonly #bandwidthBps: Float64Array;
  readonly #lossRatio: Float64Array;
  readonly #bufferNs: Float64Array;
  readonly #isUp: Uint8Array;
  readonly #latencyFactor: Float64Array;
  readonly #bandwidthFactor: Float64Array;
  readonly #extraLossRatio: Float64Array;
  /** Bytes in the present window and the one before, and the present window's number. */
  readonly #windowBytes: Float64Array;
  readonly #lastWindowBytes: Float64Array;
  readonly #window: Float64Array;
  readonly #measuredBytes: Float64Array;
  readonly #peakUtilisation: Float64Array;
  #fromNs = -Infinity;
  #untilNs = Infinity;

  constructor(specs: readonly PipeSpec[]) {
    const count = specs.length;
    this.count = count;
    this.#latencyNs = Float64Array.from(specs, (spec) => spec.latencyNs);
    this.#bandwidthBps = Float64Array.from(specs, (spec) => spec.bandwidthBps);
    this.#lossRatio = Float64Array.from(specs, (spec) => spec.lossRatio);
    this.#bufferNs = Float64Array.from(specs, (spec) => spec.bufferNs);
    this.#isUp = new Uint8Array(count).fill(1);
    this.#latencyFactor = new Float64Array(count).fill(1);
    this.#bandwidthFactor = new Float64Array(count).fill(1);
    this.#extraLossRatio = new Float64Array(count);
    this.#windowBytes = new Float64Array(count);
    this.#lastWindowBytes = new Float64Array(count);
    this.#window = new Float64Array(count).fill(-Infinity);
    this.#measuredBytes = new Float64Array(count);
    this.#peakUtilisation = new Float64Array(count);
  }

  isUp(pipe: number): boolean {
    return this.#isUp[pipe] === 1;
  }

  setUp(pipe: number, isUp: boolean): void {
    this.#isUp[pipe] = isUp ? 1 : 0;
  }

  /** Factors on what the pipe was built with, and loss on top of it. */
  degrade(pipe: number, latencyFactor: number, bandwidthFactor: number, lossRatio: number): void {
    this.#latencyFactor[pipe] = latencyFactor;
    this.#bandwidthFactor[pipe] = bandwidthFactor;
    this.#extraLossRatio[pipe] = lossRatio;
  }

  /** Propagation alone: what routing sees. */
  latencyNs(pipe: number): number {
    return this.#latencyNs[pipe]! * this.#latencyFactor[pipe]!;
  }

  bandwidthBps(pipe: number): number {
    return this.#bandwidthBps[pipe]! * this.#bandwidthFactor[pipe]!;
  }

  /** What the pipe was built with, whatever has become of it. */
  builtBandwidthBps(pipe: number): number {
    return this.#bandwidthBps[pipe]!;
  }

  carry(pipe: number, bytes: number, nowNs: number): void {
    this.#roll(pipe, nowNs);
    this.#windowBytes[pipe]! += bytes;
    if (nowNs >= this.#fromNs && nowNs < this.#untilNs) this.#measuredBytes[pipe]! += bytes;
  }

  /** Offered load ÷ capacity over the window that ends now; above 1 when saturated. */
  utilisation(pipe: number, nowNs: number): number {
    const window = Math.floor(nowNs / WINDOW_NS);
    const behind = window - this.#window[pipe]!;
    if (behind > 1) return 0;
    const last = behind === 0 ? this.#lastWindowBytes[pipe]! : this.#windowBytes[pipe]!;
    const present = behind === 0 ? this.#windowBytes[pipe]! : 0;
    const partOfLast = 1 - (nowNs / WINDOW_NS - window);
    return ((last * partOfLast + present) * 8e9) / WINDOW_NS / this.bandwidthBps(pipe);
  }

  /** Propagation and queueing. */
  delayNs(pipe: number, nowNs: number): number {
    const bandwidthBps = this.bandwidthBps(pipe);
    if (bandwidthBps === Infinity) return this.latencyNs(pipe);
    const load = this.utilisation(pipe, nowNs);
    const bufferNs = this.#bufferNs[pipe]!;
    if (load >= 1) return this.latencyNs(pipe) + bufferNs;
    const queueNs = ((load / (1 - load)) * PACKET_BITS * 1e9) / bandwidthBps;
    return this.latencyNs(pipe) + (queueNs < bufferNs ? queueNs : bufferNs);
  }

  /** Loss that the pipe has at any load: what it was built with, and what events add. */
  lossRatio(pipe: number): number {
    const lossRatio = this.#lossRatio[pipe]! + this.#extraLossRatio[pipe]!;
    return lossRatio < 1 ? lossRatio : 1;
  }

  /** Loss that events have put on top of what the pipe was built with. */
  extraLossRatio(pipe: number): number {
    return this.#extraLossRatio[pipe]!;
  }

  startMeasuring(nowNs: number): void {
    this.#fromNs = nowNs;
    this.#measuredBytes.fill(0);
    this.#peakUtilisation.fill(0);
  }

  stopMeasuring(nowNs: number): void {
    for (let pipe = 0; pipe < this.count; pipe++) this.#roll(pipe, nowNs);
    this.#untilNs = nowNs;
  }

  /** Bytes carried in the measured window. */
  measuredBytes(pipe: number): number {
    return this.#measuredBytes[pipe]!;
  }

  /** Carried ÷ capacity over the measured window. */
  meanUtilisation(pipe: number): number {
    const bits = this.#measuredBytes[pipe]! * 8e9;
    return bits / (this.#untilNs - this.#fromNs) / this.#bandwidthBps[pipe]!;
  }

  /** The highest utilisation of any one-second window. */
  peakUtilisation(pipe: number): number {
    return this.#peakUtilisation[pipe]!;
  }

  #roll(pipe: number, nowNs: number): void {
    const window = Math.floor(nowNs / WINDOW_NS);
    const behind = window - this.#window[pipe]!;
    if (behind === 0) return;
    const bytes = this.#windowBytes[pipe]!;
    const utilisation = (bytes * 8e9) / WINDOW_NS / this.bandwidthBps(pipe);
    const isMeasured = nowNs > this.#fromNs && nowNs <= this.#untilNs;
    if (isMeasured && utilisation > this.#peakUtilisation[pipe]!) {
      this.#peakUtilisation[pipe] = utilisation;
    }
    this.#lastWindowBytes[pipe] = behind === 1 ? bytes : 0;
    this.#windowBytes[pipe] = 0;
    this.#window[pipe] = window;
  }
}
