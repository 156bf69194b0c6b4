import type { ScalingLog } from '../../autoscaling/scaling-log.ts';
import type { ServerColumn } from '../../recording.ts';
import type { RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import { AreaMeter } from '../area-meter.ts';
import type { Buckets } from '../buckets.ts';
import { ServerPresence } from '../server-presence.ts';
import { byteOfRatio } from './byte-ratio.ts';
import { byteMeans, means, sums } from './coarser.ts';
import type { SeriesSource } from './encode-series.ts';
import type { SampledSeries } from './sampled-series.ts';

/** How loaded each server was, bucket by bucket. */
export class ServerSeries implements SampledSeries {
  readonly buckets: Buckets;
  readonly meters: readonly AreaMeter[];
  private readonly tables: Tables;
  private readonly busy: AreaMeter;
  private readonly inside: AreaMeter;
  private readonly presence: ServerPresence;
  private readonly requestCount: Float32Array;
  private readonly insideMean: Float32Array;
  private readonly utilisation: Uint8Array;

  constructor(buckets: Buckets, tables: Tables, scaling: ScalingLog) {
    const { gauges, count } = tables.stations;
    const cells = buckets.count * count;
    this.buckets = buckets;
    this.tables = tables;
    this.busy = new AreaMeter(count, (server, nowNs) => gauges.busyAreaAt(server, nowNs));
    this.inside = new AreaMeter(count, (server, nowNs) => gauges.insideAreaAt(server, nowNs));
    this.presence = new ServerPresence(tables, scaling);
    this.meters = [this.busy, this.inside, ...this.presence.meters];
    this.requestCount = new Float32Array(cells);
    this.insideMean = new Float32Array(cells);
    this.utilisation = new Uint8Array(cells);
  }

  requestEnded(request: RequestIndex): void {
    const { requests, stations } = this.tables;
    const bucket = this.buckets.at(requests.arrivedNs[request]!);
    const server = requests.server[request]!;
    if (bucket < 0 || requests.pop[request]! < 0 || server < 0) return;
    this.requestCount[bucket * stations.count + server]!++;
  }

  close(nowNs: number): void {
    const { gauges, count } = this.tables.stations;
    const { lengthNs, closedCount } = this.buckets;
    for (let server = 0; server < count; server++) {
      const cell = closedCount * count + server;
      const busySlots = this.busy.take(server, nowNs) / lengthNs;
      const share = this.presence.takeShare(server, nowNs, lengthNs);
      // 0 ÷ 0, and so `none`, while it is not up.
      this.utilisation[cell] = byteOfRatio(busySlots / (gauges.concurrency(server) * share));
      this.insideMean[cell] = this.inside.take(server, nowNs) / lengthNs;
    }
  }

  columns(): SeriesSource<ServerColumn> {
    const n = this.tables.stations.count;
    return {
      name: 'servers',
      entities: n,
      bucketNs: this.buckets.widthNs,
      frames: this.buckets.count,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(this.requestCount, n, factor) },
        { name: 'in_flight', type: 'f32', at: (factor) => means(this.insideMean, n, factor) },
        {
          name: 'utilisation',
          type: 'u8',
          at: (factor) => byteMeans(this.utilisation, n, factor),
        },
      ],
    };
  }
}
