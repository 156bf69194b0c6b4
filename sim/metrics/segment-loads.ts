import type { StationGauges } from '../pop/station-gauges.ts';
import type { StationReadings } from './gauges.ts';

/**
 * How loaded the servers were in each segment of the story: the gauges' integrals, read at every
 * boundary. Reading changes nothing and is no event.
 */
export class SegmentLoads {
  private readonly gauges: StationGauges;
  private readonly count: number;
  private readonly busyArea: readonly Float64Array[];
  private readonly insideArea: readonly Float64Array[];
  private readonly slotNs: Float64Array;
  private readonly busyAtStart: Float64Array;
  private readonly insideAtStart: Float64Array;
  #openedNs = 0;

  constructor(gauges: StationGauges, stationCount: number, segmentCount: number) {
    const perSegment = () =>
      Array.from({ length: segmentCount }, () => new Float64Array(stationCount));
    this.gauges = gauges;
    this.count = stationCount;
    this.busyArea = perSegment();
    this.insideArea = perSegment();
    this.slotNs = new Float64Array(segmentCount);
    this.busyAtStart = new Float64Array(stationCount);
    this.insideAtStart = new Float64Array(stationCount);
  }

  open(nowNs: number): void {
    this.#openedNs = nowNs;
    for (let station = 0; station < this.count; station++) {
      this.busyAtStart[station] = this.gauges.busyAreaAt(station, nowNs);
      this.insideAtStart[station] = this.gauges.insideAreaAt(station, nowNs);
    }
  }

  close(segment: number, nowNs: number): void {
    const [busyArea, insideArea] = [this.busyArea[segment]!, this.insideArea[segment]!];
    this.slotNs[segment] = nowNs - this.#openedNs;
    for (let station = 0; station < this.count; station++) {
      busyArea[station] = this.gauges.busyAreaAt(station, nowNs) - this.busyAtStart[station]!;
      insideArea[station] = this.gauges.insideAreaAt(station, nowNs) - this.insideAtStart[station]!;
    }
  }

  /** The segments added up. */
  over(segments: readonly number[]): StationReadings {
    const sum = (read: (segment: number) => number) =>
      segments.reduce((total, segment) => total + read(segment), 0);
    return {
      busySlotNs: (station) => sum((segment) => this.busyArea[segment]![station]!),
      insideArea: (station) => sum((segment) => this.insideArea[segment]![station]!),
      slotNs: (station) =>
        this.gauges.concurrency(station) * sum((segment) => this.slotNs[segment]!),
    };
  }
}
