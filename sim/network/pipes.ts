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
  private readonly latencyNsByPipe: Float64Array;
  private readonly bandwidthBpsByPipe: Float64Array;
  private readonly lossRatioByPipe: Float64Array;
  private readonly bufferNsByPipe: Float64Array;
  private readonly isUpByPipe: Uint8Array;
  private readonly latencyFactor: Float64Array;
  private readonly bandwidthFactor: Float64Array;
  private readonly extraLossRatioByPipe: Float64Array;
  /** Bytes in the present window and the one before, and the present window's number. */
  private readonly windowBytes: Float64Array;
  private readonly lastWindowBytes: Float64Array;
  private readonly window: Float64Array;
  private readonly measuredBytesByPipe: Float64Array;
  private readonly peakUtilisationByPipe: Float64Array;
  #fromNs = -Infinity;
  #untilNs = Infinity;

  constructor(specs: readonly PipeSpec[]) {
    const count = specs.length;
    this.count = count;
    this.latencyNsByPipe = Float64Array.from(specs, (spec) => spec.latencyNs);
    this.bandwidthBpsByPipe = Float64Array.from(specs, (spec) => spec.bandwidthBps);
    this.lossRatioByPipe = Float64Array.from(specs, (spec) => spec.lossRatio);
    this.bufferNsByPipe = Float64Array.from(specs, (spec) => spec.bufferNs);
    this.isUpByPipe = new Uint8Array(count).fill(1);
    this.latencyFactor = new Float64Array(count).fill(1);
    this.bandwidthFactor = new Float64Array(count).fill(1);
    this.extraLossRatioByPipe = new Float64Array(count);
    this.windowBytes = new Float64Array(count);
    this.lastWindowBytes = new Float64Array(count);
    this.window = new Float64Array(count).fill(-Infinity);
    this.measuredBytesByPipe = new Float64Array(count);
    this.peakUtilisationByPipe = new Float64Array(count);
  }

  isUp(pipe: number): boolean {
    return this.isUpByPipe[pipe] === 1;
  }

  setUp(pipe: number, isUp: boolean): void {
    this.isUpByPipe[pipe] = isUp ? 1 : 0;
  }

  /** Factors on what the pipe was built with, and loss on top of it. */
  degrade(pipe: number, latencyFactor: number, bandwidthFactor: number, lossRatio: number): void {
    this.latencyFactor[pipe] = latencyFactor;
    this.bandwidthFactor[pipe] = bandwidthFactor;
    this.extraLossRatioByPipe[pipe] = lossRatio;
  }

  /** Propagation alone: what routing sees. */
  latencyNs(pipe: number): number {
    return this.latencyNsByPipe[pipe]! * this.latencyFactor[pipe]!;
  }

  bandwidthBps(pipe: number): number {
    return this.bandwidthBpsByPipe[pipe]! * this.bandwidthFactor[pipe]!;
  }

  /** What the pipe was built with, whatever has become of it. */
  builtBandwidthBps(pipe: number): number {
    return this.bandwidthBpsByPipe[pipe]!;
  }

  carry(pipe: number, bytes: number, nowNs: number): void {
    this.#roll(pipe, nowNs);
    this.windowBytes[pipe]! += bytes;
    if (nowNs >= this.#fromNs && nowNs < this.#untilNs) this.measuredBytesByPipe[pipe]! += bytes;
  }

  /** Offered load ÷ capacity over the window that ends now; above 1 when saturated. */
  utilisation(pipe: number, nowNs: number): number {
    const bandwidthBps = this.bandwidthBps(pipe);
    if (bandwidthBps === Infinity) return 0;
    const window = Math.floor(nowNs / WINDOW_NS);
    const behind = window - this.window[pipe]!;
    if (behind > 1) return 0;
    const last = behind === 0 ? this.lastWindowBytes[pipe]! : this.windowBytes[pipe]!;
    const present = behind === 0 ? this.windowBytes[pipe]! : 0;
    const partOfLast = 1 - (nowNs / WINDOW_NS - window);
    return ((last * partOfLast + present) * 8e9) / WINDOW_NS / bandwidthBps;
  }

  /** Propagation and queueing. */
  delayNs(pipe: number, nowNs: number): number {
    const bandwidthBps = this.bandwidthBps(pipe);
    if (bandwidthBps === Infinity) return this.latencyNs(pipe);
    const load = this.utilisation(pipe, nowNs);
    const bufferNs = this.bufferNsByPipe[pipe]!;
    if (load >= 1) return this.latencyNs(pipe) + bufferNs;
    const queueNs = ((load / (1 - load)) * PACKET_BITS * 1e9) / bandwidthBps;
    return this.latencyNs(pipe) + (queueNs < bufferNs ? queueNs : bufferNs);
  }

  /** Loss that the pipe has at any load: what it was built with, and what events add. */
  lossRatio(pipe: number): number {
    const lossRatio = this.lossRatioByPipe[pipe]! + this.extraLossRatioByPipe[pipe]!;
    return lossRatio < 1 ? lossRatio : 1;
  }

  /** Loss that events have put on top of what the pipe was built with. */
  extraLossRatio(pipe: number): number {
    return this.extraLossRatioByPipe[pipe]!;
  }

  startMeasuring(nowNs: number): void {
    this.#fromNs = nowNs;
    this.measuredBytesByPipe.fill(0);
    this.peakUtilisationByPipe.fill(0);
  }

  stopMeasuring(nowNs: number): void {
    for (let pipe = 0; pipe < this.count; pipe++) this.#roll(pipe, nowNs);
    this.#untilNs = nowNs;
  }

  /** Bytes carried in the measured window. */
  measuredBytes(pipe: number): number {
    return this.measuredBytesByPipe[pipe]!;
  }

  /** Carried ÷ capacity over the measured window. */
  meanUtilisation(pipe: number): number {
    const bits = this.measuredBytesByPipe[pipe]! * 8e9;
    return bits / (this.#untilNs - this.#fromNs) / this.bandwidthBpsByPipe[pipe]!;
  }

  /** The highest utilisation of any one-second window. */
  peakUtilisation(pipe: number): number {
    return this.peakUtilisationByPipe[pipe]!;
  }

  #roll(pipe: number, nowNs: number): void {
    const window = Math.floor(nowNs / WINDOW_NS);
    const behind = window - this.window[pipe]!;
    if (behind === 0) return;
    const bytes = this.windowBytes[pipe]!;
    const utilisation = (bytes * 8e9) / WINDOW_NS / this.bandwidthBps(pipe);
    const isMeasured = nowNs > this.#fromNs && nowNs <= this.#untilNs;
    if (isMeasured && utilisation > this.peakUtilisationByPipe[pipe]!) {
      this.peakUtilisationByPipe[pipe] = utilisation;
    }
    this.lastWindowBytes[pipe] = behind === 1 ? bytes : 0;
    this.windowBytes[pipe] = 0;
    this.window[pipe] = window;
  }
}
