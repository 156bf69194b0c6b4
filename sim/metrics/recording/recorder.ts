import type { ScalingLog } from '../../autoscaling/scaling-log.ts';
import type { KeyMove, Recording } from '../../recording.ts';
import type { Outcome, RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { RecordingSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySampler } from '../story-sampler.ts';
import type { FailureReason } from '../../world.ts';
import { Tracer } from '../tracing/tracer.ts';
import { Buckets } from '../buckets.ts';
import { BYTE_SCALE } from './byte-ratio.ts';
import { CatchmentLog } from './catchment-log.ts';
import { describeWorld } from './describe-world.ts';
import { encodeSeries } from './encode-series.ts';
import { stateChanges } from './entity-states.ts';
import { recordedEvents } from './event-text.ts';
import { LinkSeries } from './link-series.ts';
import { PopSeries } from './pop-series.ts';
import { RegionSeries } from './region-series.ts';
import type { SampledSeries } from './sampled-series.ts';
import { ServerSeries } from './server-series.ts';
import { serverStates, type Verdict } from './server-states.ts';

const TRACES_FILE = 'traces.json';

/** Whose recording it is. */
export interface RecordedRun {
  readonly seed: string;
  readonly replication: number;
  readonly fingerprint: string;
}

/**
 * Records one replication for the dashboard: an observer of what happens, and a sampler of gauges
 * at the ends of buckets. It changes nothing: not the order of events, not a draw.
 */
export class Recorder implements Observer, StorySampler {
  private readonly names: EntityNames;
  private readonly tables: Tables;
  private readonly scaling: ScalingLog;
  private readonly pops: PopSeries;
  private readonly regions: RegionSeries | null;
  private readonly links: LinkSeries | null;
  private readonly servers: ServerSeries | null;
  private readonly sampled: readonly SampledSeries[];
  private readonly catchments: CatchmentLog | null;
  private readonly tracer: Tracer | null;
  readonly #verdicts: Verdict[] = [];
  readonly #keyMoves: KeyMove[] = [];
  #isOpen = false;

  constructor(spec: RecordingSpec, names: EntityNames, tables: Tables, scaling: ScalingLog) {
    const { time } = tables.world;
    const { routing, regionNames, backbone } = tables;
    const bucketsOf = (widthNs: number) => new Buckets(time, widthNs);
    this.names = names;
    this.tables = tables;
    this.scaling = scaling;
    this.pops = new PopSeries(bucketsOf(spec.popsNs), tables, scaling);
    const hasRegions = spec.regionsNs > 0 && routing !== null;
    this.regions = hasRegions ? new RegionSeries(bucketsOf(spec.regionsNs), tables) : null;
    const hasLinks = spec.linksNs > 0 && backbone.linkCount > 0;
    this.links = hasLinks ? new LinkSeries(bucketsOf(spec.linksNs), tables) : null;
    const hasServers = spec.serversNs > 0;
    this.servers = hasServers ? new ServerSeries(bucketsOf(spec.serversNs), tables, scaling) : null;
    this.sampled = [this.pops, this.links, this.servers].filter((series) => series !== null);
    this.tracer = spec.traceOneIn > 0 ? new Tracer(tables, spec.traceOneIn) : null;
    this.catchments = routing === null ? null : new CatchmentLog(routing, regionNames.length);
  }

  // --- what happens -----------------------------------------------------------------------------

  /** Made, and about to be sent. */
  requestSent(request: RequestIndex): void {
    this.tracer?.sent(request);
  }

  attemptFailed(request: RequestIndex, reason: FailureReason, atNs: number): void {
    this.tracer?.attemptFailed(request, reason, atNs);
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    this.pops.requestEnded(request, outcome, endNs);
    this.regions?.requestEnded(request, outcome, endNs);
    this.servers?.requestEnded(request);
    this.tracer?.requestEnded(request, outcome, endNs);
  }

  /** DNS has every region look at several prefixes: it is looked at once a bucket. */
  routeChanged(_prefix: number, region: number, _from: number, _to: number, atNs: number): void {
    if (!this.#isInStory(atNs) || this.tables.routing?.asksDns === true) return;
    this.catchments?.lookAt(region, atNs);
  }

  keysMoved(pop: number, movedRatio: number, atNs: number): void {
    if (!this.#isInStory(atNs)) return;
    this.#keyMoves.push({ t_s: atNs / 1e9, pop, moved_ratio: movedRatio });
  }

  serverHealthChanged(server: number, healthy: boolean, atNs: number): void {
    if (atNs > this.tables.world.time.durationNs) return;
    this.#verdicts.push({ t_s: Math.max(atNs, 0) / 1e9, server, healthy });
  }

  #isInStory(atNs: number): boolean {
    return this.#isOpen && atNs <= this.tables.world.time.durationNs;
  }

  // --- gauges -----------------------------------------------------------------------------------

  /** First 0, where everything starts from what it is then; afterwards the ends of buckets. */
  get nextNs(): number {
    if (!this.#isOpen) return 0;
    return this.sampled.reduce((least, { buckets }) => Math.min(least, buckets.endNs), Infinity);
  }

  sample(nowNs: number): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.catchments?.open();
      for (const { meters } of this.sampled) for (const meter of meters) meter.rebase(nowNs);
      return;
    }
    if (this.pops.buckets.endNs === nowNs) this.catchments?.look(nowNs);
    for (const series of this.sampled) {
      if (series.buckets.endNs !== nowNs) continue;
      series.close(nowNs);
      series.buckets.closedCount++;
    }
  }

  beforeReset(nowNs: number): void {
    if (!this.#isOpen) return;
    for (const { meters } of this.sampled) for (const meter of meters) meter.bank(nowNs);
  }

  afterReset(nowNs: number): void {
    for (const { meters } of this.sampled) for (const meter of meters) meter.rebase(nowNs);
  }

  // --- at the end -------------------------------------------------------------------------------

  recording({ seed, replication, fingerprint }: RecordedRun): Recording {
    const { world } = this.tables;
    const files = new Map<string, Uint8Array>();
    const states = stateChanges(world, this.names);
    const { popOfServer, prefixes } = this.names;
    const hasChecks = world.health !== null || world.passive !== undefined;
    const index: Recording['index'] = {
      format: 1,
      scenario: world.scenario,
      strategy: world.strategy,
      seed,
      replication,
      fingerprint,
      duration_s: world.time.durationNs / 1e9,
      cut_s: world.time.cutNs / 1e9,
      world: describeWorld(this.tables, prefixes),
      series: {
        pops: encodeSeries(this.pops.columns(), files),
        regions: this.regions === null ? null : encodeSeries(this.regions.columns(), files),
        links: this.links === null ? null : encodeSeries(this.links.columns(), files),
        servers: this.servers === null ? null : encodeSeries(this.servers.columns(), files),
      },
      byte_scale: BYTE_SCALE,
      catchments: this.catchments?.recorded() ?? null,
      moments: {
        states,
        server_states: serverStates({
          states,
          verdicts: this.#verdicts,
          scaling: this.scaling,
          popOfServer,
          hasChecks,
          durationNs: world.time.durationNs,
        }),
        key_moves: this.#keyMoves,
      },
      events: recordedEvents(world.events),
      traces: this.#writeTraces(files),
    };
    return { index, files };
  }

  #writeTraces(files: Map<string, Uint8Array>): Recording['index']['traces'] {
    if (this.tracer === null) return null;
    const traces = this.tracer.recorded();
    files.set(TRACES_FILE, new TextEncoder().encode(`${JSON.stringify(traces)}\n`));
    return { file: TRACES_FILE, count: traces.requests.length, one_in: traces.one_in };
  }
}
