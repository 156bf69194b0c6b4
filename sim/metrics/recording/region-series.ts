import type { RegionColumn } from '../../recording.ts';
import { Outcome, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { Buckets } from '../buckets.ts';
import { byteOfRatio } from './byte-ratio.ts';
import { ratios, sums } from './coarser.ts';
import type { SeriesSource } from './encode-series.ts';
import { LatencyLog } from './latency-log.ts';

/** What the clients of each region met, bucket by bucket. */
export class RegionSeries {
  private readonly buckets: Buckets;
  private readonly tables: Tables;
  private readonly requestCount: Float32Array;
  private readonly failedCount: Float32Array;
  readonly #latencies = new LatencyLog();

  constructor(buckets: Buckets, tables: Tables) {
    const cells = buckets.count * tables.regionNames.length;
    this.buckets = buckets;
    this.tables = tables;
    this.requestCount = new Float32Array(cells);
    this.failedCount = new Float32Array(cells);
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const { requests, regionNames } = this.tables;
    const arrivedNs = requests.arrivedNs[request]!;
    const bucket = this.buckets.at(arrivedNs);
    const region = requests.region[request]!;
    if (bucket < 0 || region < 0) return;
    const cell = bucket * regionNames.length + region;
    this.requestCount[cell]!++;
    if (outcome === Outcome.Completed) this.#latencies.add(cell, endNs - arrivedNs);
    else this.failedCount[cell]!++;
  }

  columns(): SeriesSource<RegionColumn> {
    const n = this.tables.regionNames.length;
    const p95 = (factor: number): Float32Array => {
      const cells = Math.ceil(this.buckets.count / factor) * n;
      const cellOf = (cell: number): number => {
        const region = cell % n;
        return Math.floor((cell - region) / n / factor) * n + region;
      };
      return this.#latencies.quantiles([0.95], cells, cellOf)[0]!;
    };
    const failedRatio = (factor: number): Uint8Array => {
      const failed = sums(this.failedCount, n, factor);
      return Uint8Array.from(ratios(failed, sums(this.requestCount, n, factor)), byteOfRatio);
    };
    return {
      name: 'regions',
      entities: n,
      bucketNs: this.buckets.widthNs,
      frames: this.buckets.count,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(this.requestCount, n, factor) },
        { name: 'latency_p95_s', type: 'f32', at: p95 },
        { name: 'failed_ratio', type: 'u8', at: failedRatio },
      ],
    };
  }
}
