import type { ScalingLog } from '../autoscaling/scaling-log.ts';
import type { Tables } from '../tables.ts';
import { AreaMeter } from './area-meter.ts';
import { Buckets } from './buckets.ts';
import { ServerPresence } from './server-presence.ts';
import type { StorySampler } from './story-sampler.ts';

/** Columns of a timeline that are read off gauges, one value a bucket. */
export interface LoadColumns {
  /** Over POPs with servers, busy slots ÷ slots of servers that are up, means over the bucket. */
  readonly utilisationP95: readonly number[];
  readonly utilisationMax: readonly number[];
  /** Requests in servers, waiting or served, mean over the bucket. */
  readonly inFlight: readonly number[];
}

/** How loaded the POPs were, bucket by bucket. */
export class LoadTimeline implements StorySampler {
  private readonly tables: Tables;
  private readonly buckets: Buckets;
  private readonly busy: AreaMeter;
  private readonly inside: AreaMeter;
  private readonly presence: ServerPresence;
  readonly #utilisationP95: number[] = [];
  readonly #utilisationMax: number[] = [];
  readonly #inFlight: number[] = [];
  #isOpen = false;

  constructor(tables: Tables, scaling: ScalingLog, bucketNs: number) {
    const { gauges, count } = tables.stations;
    this.tables = tables;
    this.buckets = new Buckets(tables.world.time, bucketNs);
    this.busy = new AreaMeter(count, (server, nowNs) => gauges.busyAreaAt(server, nowNs));
    this.inside = new AreaMeter(count, (server, nowNs) => gauges.insideAreaAt(server, nowNs));
    this.presence = new ServerPresence(tables, scaling);
  }

  get nextNs(): number {
    return this.#isOpen ? this.buckets.endNs : 0;
  }

  sample(nowNs: number): void {
    if (this.#isOpen) this.#close(nowNs);
    else this.afterReset(nowNs);
    this.#isOpen = true;
  }

  beforeReset(nowNs: number): void {
    if (!this.#isOpen) return;
    this.busy.bank(nowNs);
    this.inside.bank(nowNs);
    for (const meter of this.presence.meters) meter.bank(nowNs);
  }

  afterReset(nowNs: number): void {
    this.busy.rebase(nowNs);
    this.inside.rebase(nowNs);
    for (const meter of this.presence.meters) meter.rebase(nowNs);
  }

  columns(): LoadColumns {
    return {
      utilisationP95: this.#utilisationP95,
      utilisationMax: this.#utilisationMax,
      inFlight: this.#inFlight,
    };
  }

  #close(nowNs: number): void {
    const { pops, stations } = this.tables;
    const { lengthNs } = this.buckets;
    const utilisations: number[] = [];
    let insideNs = 0;
    for (let pop = 0; pop < pops.count; pop++) {
      const first = pops.firstServer(pop);
      const end = first + pops.serverCountOf(pop);
      let busyNs = 0;
      let slots = 0;
      for (let server = first; server < end; server++) {
        busyNs += this.busy.take(server, nowNs);
        insideNs += this.inside.take(server, nowNs);
        slots +=
          stations.gauges.concurrency(server) * this.presence.takeShare(server, nowNs, lengthNs);
      }
      if (slots > 0) utilisations.push(busyNs / lengthNs / slots);
    }
    utilisations.sort((a, b) => a - b);
    const rank = Math.ceil(0.95 * utilisations.length) - 1;
    this.#utilisationP95.push(shortened(utilisations[rank] ?? 0));
    this.#utilisationMax.push(shortened(utilisations.at(-1) ?? 0));
    this.#inFlight.push(shortened(insideNs / lengthNs));
    this.buckets.closedCount++;
  }
}

/** Four digits: a chart shows no more, and every bucket of every replication is stored. */
function shortened(value: number): number {
  return Number(value.toPrecision(4));
}
