import type { Pipes } from '../../network/pipes.ts';
import { AreaMeter } from '../area-meter.ts';
import type { LinkReadings } from '../gauges.ts';

/** Load is reckoned in windows of this length, as `Pipes` has it. */
const WINDOW_NS = 1e9;

/**
 * What some links carried in each segment of the story, and in the fullest second that ended in
 * it. Read at every second and every boundary.
 */
export class LinkSeconds {
  private readonly pipes: Pipes;
  /** Both directions of each link: even there, odd back. */
  private readonly watched: readonly number[];
  private readonly carried: AreaMeter;
  /** Bytes of the second that is under way. */
  private readonly secondBytes: Float64Array;
  /** Row s, column p: of segment s, pipe p. */
  private readonly bytes: Float64Array;
  private readonly peakUtilisation: Float64Array;
  nextNs = WINDOW_NS;

  constructor(links: readonly number[], pipes: Pipes, segmentCount: number) {
    this.pipes = pipes;
    this.watched = [...new Set(links)].flatMap((link) => [link * 2, link * 2 + 1]);
    this.carried = new AreaMeter(pipes.count, (pipe) => pipes.measuredBytes(pipe));
    this.secondBytes = new Float64Array(pipes.count);
    this.bytes = new Float64Array(segmentCount * pipes.count);
    this.peakUtilisation = new Float64Array(segmentCount * pipes.count);
  }

  /** What was carried since the last reading belongs to `segment`. */
  read(segment: number, nowNs: number): void {
    const isSecond = nowNs >= this.nextNs;
    const pipes = this.pipes;
    for (const pipe of this.watched) {
      const bytes = this.carried.take(pipe, nowNs);
      const cell = segment * pipes.count + pipe;
      this.bytes[cell]! += bytes;
      this.secondBytes[pipe]! += bytes;
      if (!isSecond) continue;
      const bits = this.secondBytes[pipe]! * 8;
      const utilisation = (bits * 1e9) / WINDOW_NS / pipes.bandwidthBps(pipe);
      if (utilisation > this.peakUtilisation[cell]!) this.peakUtilisation[cell] = utilisation;
      this.secondBytes[pipe] = 0;
    }
    if (isSecond) this.nextNs += WINDOW_NS;
  }

  beforeReset(nowNs: number): void {
    this.carried.bank(nowNs);
  }

  afterReset(nowNs: number): void {
    this.carried.rebase(nowNs);
  }

  /** The segments added up; together they last `lengthNs`. */
  over(segments: readonly number[], lengthNs: number): LinkReadings {
    const pipes = this.pipes;
    const cells = (column: Float64Array, pipe: number) =>
      segments.map((segment) => column[segment * pipes.count + pipe]!);
    const bytes = (pipe: number) => cells(this.bytes, pipe).reduce((sum, part) => sum + part, 0);
    const peak = (pipe: number) => Math.max(...cells(this.peakUtilisation, pipe));
    const mean = (pipe: number) => (bytes(pipe) * 8e9) / lengthNs / pipes.builtBandwidthBps(pipe);
    const busier = (link: number, read: (pipe: number) => number): number | null =>
      segments.length === 0 ? null : Math.max(read(link * 2), read(link * 2 + 1));
    return {
      utilisationMean: (link) => busier(link, mean),
      utilisationMax: (link) => busier(link, peak),
      bytes: (link) => bytes(link * 2) + bytes(link * 2 + 1),
    };
  }
}
