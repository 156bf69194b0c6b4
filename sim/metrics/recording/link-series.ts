import type { LinkColumn } from '../../recording.ts';
import type { Tables } from '../../tables.ts';
import { AreaMeter } from '../area-meter.ts';
import type { Buckets } from '../buckets.ts';
import { BYTE_SCALE, byteOfRatio } from './byte-ratio.ts';
import { byteMeans } from './coarser.ts';
import type { SeriesSource } from './encode-series.ts';
import type { SampledSeries } from './sampled-series.ts';

/** How full each direction of each link was, bucket by bucket: pipe 2 × link + direction. */
export class LinkSeries implements SampledSeries {
  readonly buckets: Buckets;
  readonly meters: readonly AreaMeter[];
  private readonly tables: Tables;
  private readonly carried: AreaMeter;
  private readonly pipeCount: number;
  private readonly utilisation: Uint8Array;

  constructor(buckets: Buckets, tables: Tables) {
    const { backbone } = tables;
    this.buckets = buckets;
    this.tables = tables;
    this.pipeCount = backbone.linkCount * 2;
    this.carried = new AreaMeter(this.pipeCount, (pipe) => backbone.pipes.measuredBytes(pipe));
    this.meters = [this.carried];
    this.utilisation = new Uint8Array(buckets.count * this.pipeCount);
  }

  close(nowNs: number): void {
    const { pipes } = this.tables.backbone;
    const { lengthNs, closedCount } = this.buckets;
    for (let pipe = 0; pipe < this.pipeCount; pipe++) {
      const bits = this.carried.take(pipe, nowNs) * 8;
      const ratio = (bits * 1e9) / lengthNs / pipes.bandwidthBps(pipe);
      this.utilisation[closedCount * this.pipeCount + pipe] = pipes.isUp(pipe)
        ? byteOfRatio(ratio)
        : BYTE_SCALE.none;
    }
  }

  columns(): SeriesSource<LinkColumn> {
    const n = this.pipeCount;
    return {
      name: 'links',
      entities: n,
      bucketNs: this.buckets.widthNs,
      frames: this.buckets.count,
      columns: [
        {
          name: 'utilisation',
          type: 'u8',
          at: (factor) => byteMeans(this.utilisation, n, factor),
        },
      ],
    };
  }
}
