import { compileNetwork, type Network } from '../topology/index.ts';
import { ScalingLog } from './autoscaling/scaling-log.ts';
import { startAutoscalers } from './autoscaling/start-autoscalers.ts';
import { ClientPath } from './client-path.ts';
import { type Clockwork, KernelClockwork } from './clockwork.ts';
import { createTables } from './create-tables.ts';
import { describeEvent } from './describe-event.ts';
import { FaultTimeline } from './faults/timeline.ts';
import { readGauges } from './gauges.ts';
import { Invariants } from './invariants.ts';
import { Kernel } from './kernel/kernel.ts';
import { RandomStreams } from './kernel/random.ts';
import { ZipfTables } from './kernel/zipf.ts';
import type { VisitCounter } from './laboratory/completed-visits.ts';
import { isLaboratory } from './laboratory/is-laboratory.ts';
import { Laboratory } from './laboratory/laboratory.ts';
import { createCollectors } from './metrics/collectors.ts';
import { entityNames, type MapNames, NO_MAP } from './metrics/entity-names.ts';
import { ObserverHub } from './metrics/observer-hub.ts';
import type { Observer } from './metrics/observer.ts';
import { StoryWatch } from './metrics/story-watch.ts';
import { startHealthChecks } from './pop/health/start-health-checks.ts';
import { watchOrigins } from './pop/health/watch-origins.ts';
import { warmCaches } from './pop/warm-start.ts';
import { WarmTables } from './pop/warm-tables.ts';
import { playStory } from './play-story.ts';
import type { Recording } from './recording.ts';
import { RequestLifecycle } from './request-lifecycle.ts';
import { Requests } from './requests.ts';
import { Routing } from './routing/routing.ts';
import type { RunResult } from './run-result.ts';
import { summarize } from './summarize.ts';
import type { Tables } from './tables.ts';
import { ObjectCatalogue } from './traffic/object-catalogue.ts';
import { arrivalProcesses } from './traffic/processes.ts';
import type { RequestSource } from './traffic/request-source.ts';
import type { WorldSpec } from './world.ts';

export interface SimulationOptions {
  /** Watch the run beside the collectors of the result. */
  readonly observers?: readonly Observer[];
  /** Receives one line per event; slow. */
  readonly trace?: (line: string) => void;
  /** Checks all invariants after every event; very slow. */
  readonly paranoid?: boolean;
  /** What replications of one world share; kept by whoever runs several. */
  readonly reused?: ReusedTables;
  /** Take the general way where the short one of laboratories would give the same. */
  readonly general?: boolean;
  /** Keep the recording that the world asks for; see `Simulation.recording`. */
  readonly records?: boolean;
}

/** Large tables that are functions of the world alone. One of these serves one WorldSpec. */
export interface ReusedTables {
  readonly zipfTables: ZipfTables;
  readonly warm: WarmTables;
}

export function createReusedTables(): ReusedTables {
  return { zipfTables: new ZipfTables(), warm: new WarmTables() };
}

export interface Simulation {
  readonly tables: Tables;
  /** Runs the whole story once and summarizes it. */
  run(): RunResult;
  /** After the run: what the dashboard plays; null unless asked for. */
  recording(): Recording | null;
}

/** Requests that arrived in time may end until this share of the duration, or 60 s, after it. */
const GRACE_RATIO = 0.1;
const GRACE_NS_MIN = 60e9;

/** Stage 4: the tables of one replication of one strategy, and the handlers between them. */
export function createSimulation(
  spec: WorldSpec,
  seed: string,
  replication: number,
  options: SimulationOptions = {},
): Simulation {
  const network = spec.network === undefined ? null : compileNetwork(spec.network);
  const world = network === null ? spec : inOrderOf(network, spec);
  const { preRunNs, durationNs } = world.time;
  const kernel = new Kernel(preRunNs === 0 ? 0 : -preRunNs);
  const streams = new RandomStreams(seed, replication);
  const requests = createRequests(world);
  const hub = { observers: new ObserverHub([]) };
  // A map without client regions is a backbone: requests arrive at its POPs.
  const hasClients = network !== null && network.regionCount > 0;
  const routing = hasClients ? createRouting(network, world, kernel, streams, hub) : null;
  const names = entityNames(world, network === null ? NO_MAP : mapNames(network, routing));
  const collectors = createCollectors(world, names, requests);
  const watch = new StoryWatch(options.records === true ? (world.record.recording ?? null) : null);
  const observers = new ObserverHub([
    ...collectors.observers,
    ...watch.observers,
    ...(options.observers ?? []),
  ]);
  hub.observers = observers;
  const processes = arrivalProcesses(world, network);
  const reused = options.reused ?? createReusedTables();
  const catalogue = new ObjectCatalogue(world.classes, reused.zipfTables);
  const parts = { world, network, kernel, streams, requests, routing, observers };
  const tables = createTables({ ...parts, processes, catalogue });
  const clientPath = new ClientPath(tables);
  const source = watch.sourceOf(world, processes, requests, catalogue, streams);
  const lifecycle = new RequestLifecycle(tables, source, clientPath);
  const faults = new FaultTimeline(tables, lifecycle, source);
  const invariants = new Invariants(tables, lifecycle.endings);
  const traffic = { tables, source, lifecycle, faults, invariants, options };
  watchEvents(tables, invariants, options);
  const scaling = new ScalingLog();
  watch.attach(tables, names, collectors, scaling);

  function run(): RunResult {
    startHealthChecks(tables, streams);
    watchOrigins(tables, streams);
    if (preRunNs > 0 && world.cache !== null) {
      warmCaches(tables, streams.stream('warm-start', 0).uint32(), reused.warm);
    }
    startAutoscalers(tables, scaling);
    const clockwork = startTraffic({ ...traffic, counter: collectors.requests });
    const loads = playStory(tables, clockwork, collectors.segments.boundariesNs, watch.sampler);
    clockwork.drain(graceEndNs(durationNs));
    clockwork.check();
    return summarize({
      world,
      replication,
      names,
      collectors,
      gauges: readGauges(tables, { loads, scaling, segments: collectors.segments }),
      scaling,
      ...watch.loads(),
      fingerprint: kernel.fingerprint(),
      eventCount: kernel.eventCount,
      unfinished: clockwork.unfinishedCount,
    });
  }

  const recording = (): Recording | null =>
    watch.recording({ seed, replication, fingerprint: kernel.fingerprint() });
  return { tables, run, recording };
}

interface TrafficParts {
  readonly tables: Tables;
  readonly source: RequestSource;
  readonly lifecycle: RequestLifecycle;
  readonly faults: FaultTimeline;
  readonly invariants: Invariants;
  readonly counter: VisitCounter;
  readonly options: SimulationOptions;
}

/** Traffic and the story's events begin, by the short way where the world is a laboratory. */
function startTraffic({ tables, source, options, ...parts }: TrafficParts): Clockwork {
  const { kernel, world, arrivals } = tables;
  if (kernel.pendingCount === 0 && isLaboratory(world) && isUnwatched(options)) {
    return new Laboratory(tables, source, parts.counter);
  }
  arrivals.start();
  parts.faults.start();
  return new KernelClockwork(kernel, parts.lifecycle, parts.invariants);
}

/** Nobody looks on from outside, who would see requests and events. */
function isUnwatched(options: SimulationOptions): boolean {
  const { trace, paranoid = false, records = false, observers = [], general = false } = options;
  return trace === undefined && !paranoid && !records && observers.length === 0 && !general;
}

function createRequests({ traffic: { timeout }, time }: WorldSpec): Requests {
  const timeoutNs = timeout?.law === 'constant' ? timeout.value : Infinity;
  return new Requests(timeoutNs, time.cutNs, time.durationNs);
}

/** Before an event is handled: checks what the one before left, says what comes. */
function watchEvents(tables: Tables, invariants: Invariants, options: SimulationOptions): void {
  const { trace, paranoid = false } = options;
  if (trace === undefined && !paranoid) return;
  tables.kernel.trace(
    (kind, subject, detail) => {
      if (paranoid) invariants.check();
      return trace === undefined ? '' : describeEvent(tables, kind, subject, detail);
    },
    trace ?? (() => {}),
  );
}

/** Until when requests that arrived in time may end. */
function graceEndNs(durationNs: number): number {
  return durationNs + Math.max(GRACE_NS_MIN, Math.round(durationNs * GRACE_RATIO));
}

function createRouting(
  network: Network,
  world: WorldSpec,
  kernel: Kernel,
  streams: RandomStreams,
  hub: { observers: ObserverHub },
): Routing {
  return new Routing({
    network,
    spec: world.routing,
    timers: kernel,
    random: (purpose, entity) => {
      const stream = streams.stream(purpose, entity);
      return () => stream.uniform();
    },
    onRouteChange: (prefix, region, fromPop, toPop) =>
      hub.observers.routeChanged(prefix, region, fromPop, toPop, kernel.nowNs),
    onBgpUpdates: (count) => hub.observers.bgpUpdateSent(count, kernel.nowNs),
    onDnsQuery: (region) => hub.observers.dnsQueried(region, kernel.nowNs),
  });
}

function mapNames(network: Network, routing: Routing | null): MapNames {
  const prefixes = Array.from({ length: routing?.prefixCount ?? 0 }, (_, prefix) =>
    routing!.prefixName(prefix),
  );
  return { regions: network.regionNames, links: network.linkNames, prefixes };
}

/** POP indices of the tables are those of the network. */
function inOrderOf(network: Network, world: WorldSpec): WorldSpec {
  const pops = network.popNames.map((name) => {
    const pop = world.pops.find((candidate) => candidate.name === name);
    if (pop === undefined) throw new Error(`POP ${name} of the network is not in the world`);
    return pop;
  });
  if (pops.length !== world.pops.length) throw new Error('a POP of the world has no place');
  return { ...world, pops };
}
