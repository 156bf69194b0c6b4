import type { ScalingLog } from '../../autoscaling/scaling-log.ts';
import type { PopColumn } from '../../recording.ts';
import { CacheResult, Outcome, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import { AreaMeter } from '../area-meter.ts';
import type { Buckets } from '../buckets.ts';
import { ServerPresence } from '../server-presence.ts';
import { byteOfRatio } from './byte-ratio.ts';
import { byteMeans, means, ratios, sums } from './coarser.ts';
import type { SeriesSource } from './encode-series.ts';
import { LatencyLog } from './latency-log.ts';
import type { SampledSeries } from './sampled-series.ts';

/** What happened in each POP, bucket by bucket. */
export class PopSeries implements SampledSeries {
  readonly buckets: Buckets;
  readonly meters: readonly AreaMeter[];
  private readonly tables: Tables;
  private readonly busy: AreaMeter;
  private readonly inside: AreaMeter;
  private readonly sent: AreaMeter;
  private readonly presence: ServerPresence;
  /** Slots of each server. */
  private readonly slots: Float64Array;
  private readonly popCount: number;
  private readonly requestCount: Float32Array;
  private readonly failedCount: Float32Array;
  private readonly hitCount: Float32Array;
  private readonly lookUpCount: Float32Array;
  private readonly insideMean: Float32Array;
  private readonly utilisation: Uint8Array;
  private readonly egress: Uint8Array;
  readonly #latencies = new LatencyLog();

  constructor(buckets: Buckets, tables: Tables, scaling: ScalingLog) {
    const { stations, backbone, pops, world } = tables;
    const { gauges } = stations;
    const cells = buckets.count * pops.count;
    this.buckets = buckets;
    this.tables = tables;
    this.popCount = pops.count;
    this.busy = new AreaMeter(stations.count, (server, nowNs) => gauges.busyAreaAt(server, nowNs));
    this.inside = new AreaMeter(stations.count, (server, nowNs) =>
      gauges.insideAreaAt(server, nowNs),
    );
    this.sent = new AreaMeter(pops.count, (pop) =>
      backbone.pipes.measuredBytes(backbone.egressPipe(pop)),
    );
    this.presence = new ServerPresence(tables, scaling);
    this.meters = [this.busy, this.inside, this.sent, ...this.presence.meters];
    this.slots = Float64Array.from(
      world.pops.flatMap(({ servers }) => servers.map(({ concurrency }) => concurrency)),
    );
    this.requestCount = new Float32Array(cells);
    this.failedCount = new Float32Array(cells);
    this.hitCount = new Float32Array(cells);
    this.lookUpCount = new Float32Array(cells);
    this.insideMean = new Float32Array(cells);
    this.utilisation = new Uint8Array(cells);
    this.egress = new Uint8Array(cells);
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const { requests } = this.tables;
    const arrivedNs = requests.arrivedNs[request]!;
    const bucket = this.buckets.at(arrivedNs);
    const pop = requests.pop[request]!;
    if (bucket < 0 || pop < 0) return;
    const cell = bucket * this.popCount + pop;
    this.requestCount[cell]!++;
    const result = requests.cacheResult[request]! as CacheResult;
    if (result !== CacheResult.None && result !== CacheResult.Pass) {
      this.lookUpCount[cell]!++;
      if (result !== CacheResult.Miss) this.hitCount[cell]!++;
    }
    if (outcome === Outcome.Completed) this.#latencies.add(cell, endNs - arrivedNs);
    else this.failedCount[cell]!++;
  }

  close(nowNs: number): void {
    const { pops, backbone } = this.tables;
    const { lengthNs, closedCount } = this.buckets;
    for (let pop = 0; pop < this.popCount; pop++) {
      const first = pops.firstServer(pop);
      const end = first + pops.serverCountOf(pop);
      let busyNs = 0;
      let insideNs = 0;
      let slots = 0;
      for (let server = first; server < end; server++) {
        busyNs += this.busy.take(server, nowNs);
        insideNs += this.inside.take(server, nowNs);
        slots += this.slots[server]! * this.presence.takeShare(server, nowNs, lengthNs);
      }
      const cell = closedCount * this.popCount + pop;
      this.insideMean[cell] = insideNs / lengthNs;
      this.utilisation[cell] = byteOfRatio(busyNs / lengthNs / slots);
      const egressBps = backbone.pipes.bandwidthBps(backbone.egressPipe(pop));
      const sentBits = this.sent.take(pop, nowNs) * 8;
      this.egress[cell] = byteOfRatio((sentBits * 1e9) / lengthNs / egressBps);
    }
  }

  columns(): SeriesSource<PopColumn> {
    const n = this.popCount;
    const quantiles = (factor: number): readonly Float32Array[] => {
      const cells = Math.ceil(this.buckets.count / factor) * n;
      return this.#latencies.quantiles([0.5, 0.95], cells, (cell) => {
        const pop = cell % n;
        return Math.floor((cell - pop) / n / factor) * n + pop;
      });
    };
    return {
      name: 'pops',
      entities: n,
      bucketNs: this.buckets.widthNs,
      frames: this.buckets.count,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(this.requestCount, n, factor) },
        { name: 'failed', type: 'f32', at: (factor) => sums(this.failedCount, n, factor) },
        { name: 'in_flight', type: 'f32', at: (factor) => means(this.insideMean, n, factor) },
        { name: 'latency_p50_s', type: 'f32', at: (factor) => quantiles(factor)[0]! },
        { name: 'latency_p95_s', type: 'f32', at: (factor) => quantiles(factor)[1]! },
        {
          name: 'hit_ratio',
          type: 'f32',
          at: (factor) => ratios(sums(this.hitCount, n, factor), sums(this.lookUpCount, n, factor)),
        },
        {
          name: 'utilisation',
          type: 'u8',
          at: (factor) => byteMeans(this.utilisation, n, factor),
        },
        {
          name: 'egress_utilisation',
          type: 'u8',
          at: (factor) => byteMeans(this.egress, n, factor),
        },
      ],
    };
  }
}
