import type { EntityNames } from '../entity-names.ts';
import { HistogramRows } from '../histogram-rows.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** What origins were asked, by a row each. */
export class FetchTallies {
  readonly startedCount: Float64Array;
  readonly endedCount: Float64Array;
  readonly failedCount: Float64Array;
  readonly bytes: Float64Array;
  readonly latencyNsSum: Float64Array;
  /** Of successful fetches. */
  readonly latency: HistogramRows;

  constructor(rowCount: number) {
    this.startedCount = new Float64Array(rowCount);
    this.endedCount = new Float64Array(rowCount);
    this.failedCount = new Float64Array(rowCount);
    this.bytes = new Float64Array(rowCount);
    this.latencyNsSum = new Float64Array(rowCount);
    this.latency = new HistogramRows(rowCount);
  }

  end(row: number, failed: boolean, latencyNs: number, bytes: number): void {
    this.endedCount[row]!++;
    this.bytes[row]! += bytes;
    if (failed) {
      this.failedCount[row]!++;
      return;
    }
    this.latencyNsSum[row]! += latencyNs;
    this.latency.count(row, this.latency.bucketOf(latencyNs));
  }
}

/**
 * Fetches from origins: per segment of the story by the instant at which they started or ended,
 * and, within the measured window, per origin and per POP that asked.
 */
export class OriginCollector implements Observer {
  readonly ofSegment: FetchTallies;
  readonly ofOrigin: FetchTallies;
  readonly ofPop: FetchTallies;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;

  constructor(names: EntityNames, segments: StorySegments, clockZeroNs: number) {
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.ofSegment = new FetchTallies(segments.count);
    this.ofOrigin = new FetchTallies(names.origins.length);
    this.ofPop = new FetchTallies(names.pops.length);
  }

  originFetchStarted(origin: number, pop: number, atNs: number): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment < 0) return;
    this.ofSegment.startedCount[segment]!++;
    if (atNs - this.clockZeroNs < this.segments.cutNs) return;
    this.ofOrigin.startedCount[origin]!++;
    if (pop >= 0) this.ofPop.startedCount[pop]!++;
  }

  originFetchEnded(
    origin: number,
    pop: number,
    failed: boolean,
    latencyNs: number,
    bytes: number,
    atNs: number,
  ): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment < 0) return;
    this.ofSegment.end(segment, failed, latencyNs, bytes);
    if (atNs - this.clockZeroNs < this.segments.cutNs) return;
    this.ofOrigin.end(origin, failed, latencyNs, bytes);
    if (pop >= 0) this.ofPop.end(pop, failed, latencyNs, bytes);
  }
}
