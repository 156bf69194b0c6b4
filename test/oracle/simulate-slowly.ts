import { createHealthChecker, type TimerId, type Timers } from '../../balancer/index.ts';
import { RandomStreams } from '../../sim/kernel/random.ts';
import { ZipfTables } from '../../sim/kernel/zipf.ts';
import { Backbone } from '../../sim/network/backbone.ts';
import { Routing } from '../../sim/routing/routing.ts';
import { ObjectCatalogue } from '../../sim/traffic/object-catalogue.ts';
import { arrivalProcesses } from '../../sim/traffic/processes.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { compileNetwork } from '../../topology/index.ts';
import { Agenda } from './processes.ts';
import { SlowArrivals, sourcesOfTrace } from './slow-arrivals.ts';
import { SlowClients } from './slow-clients.ts';
import type { SlowRequest } from './slow-request.ts';
import { SlowEvents } from './slow-events.ts';
import { SlowFetches } from './slow-fetches.ts';
import { SlowNetwork } from './slow-network.ts';
import { slowOrigins, type SlowPop, slowPops, type TierName } from './slow-world.ts';

/** A copy that is there when the story begins. */
export interface WarmCopy {
  readonly tier: TierName;
  readonly server: number;
  readonly object: number;
  readonly sizeBytes: number;
  readonly expiresNs: number;
}

/** As the engine's: a probe inside a POP takes half a millisecond. */
const PROBE_ROUND_TRIP_NS = 500_000;
const GRACE_NS = 60e9;

/**
 * The same world again, slowly and obviously: generator processes, Maps and objects. Shared with
 * the engine are the random draws and distributions, the routing and the load on links, which POPs
 * are asked by whom; and the balancer, a library of its own. Not shared: event queue, requests,
 * fetches, stations, caches, waiting lists, deadlines, connections, retries, events.
 *
 * Returns the requests that arrived in the measured window, in order; unfinished ones too.
 */
export function simulateSlowly(
  world: WorldSpec,
  seed: string,
  replication: number,
  warmth: readonly WarmCopy[] = [],
): readonly SlowRequest[] {
  assertModelled(world);
  const agenda = new Agenda(-world.time.preRunNs);
  const timers = timersOf(agenda);
  const streams = new RandomStreams(seed, replication);
  const network = world.network === undefined ? null : compileNetwork(world.network);
  const routing =
    network === null
      ? null
      : new Routing({
          network,
          spec: world.routing,
          timers,
          random: (purpose, entity) => {
            const stream = streams.stream(purpose, entity);
            return () => stream.uniform();
          },
        });
  const pops = slowPops(world, agenda, streams);
  const origins = slowOrigins(world, agenda);
  const servers = pops.flatMap((pop) => pop.servers);
  for (const { tier, server, object, sizeBytes, expiresNs } of warmth) {
    servers[server]!.caches[tier]?.copies.store(object, sizeBytes, expiresNs);
  }
  const backbone = new Backbone(network, world.pops);
  const fetches = new SlowFetches(world, agenda, streams, backbone, pops, origins);
  const lossOfRegion = new Map<number, number>();
  const accessRttNs = network?.regionAccessRttNs ?? new Float64Array(0);
  const { traffic } = world;
  const between =
    routing === null
      ? null
      : new SlowNetwork({ routing, backbone, agenda, traffic, accessRttNs, pops, lossOfRegion });
  const clients = new SlowClients(world, agenda, pops, fetches, between);
  const catalogue = new ObjectCatalogue(world.classes, new ZipfTables());
  const requests: SlowRequest[] = [];
  const processes = arrivalProcesses(world, network);
  const sourceOfArrival = sourcesOfTrace(world, processes, streams);
  const arrivals = processes.map(
    (_, number) => new SlowArrivals(number, processes, world, agenda, sourceOfArrival),
  );
  if (world.health !== null) watchHealth(world, pops, timers, streams);
  for (const source of arrivals) {
    agenda.start(
      source.run(streams, catalogue, (request) => {
        requests.push(request);
        agenda.start(clients.story(request));
      }),
    );
  }
  new SlowEvents({
    world,
    agenda,
    pops,
    origins,
    clients,
    fetches,
    arrivals,
    backbone,
    routing,
    regionNames: network?.regionNames ?? [],
    lossOfRegion,
  });
  const { cutNs, durationNs } = world.time;
  agenda.run(durationNs);
  const measured = requests.filter(({ arrivedNs }) => arrivedNs >= cutNs && arrivedNs < durationNs);
  // What arrived in time may end later; the engine waits for it as long.
  agenda.run(durationNs + GRACE_NS, () => measured.every(({ outcome }) => outcome !== null));
  return measured;
}

/** A world with what this simulator does not know would be judged by a wrong verdict. */
function assertModelled({ balancer, passive, health, origins, events }: WorldSpec): void {
  const isFree = health?.rule === undefined && health?.probeWork === undefined;
  const isPlain = balancer.around === undefined && passive === undefined && isFree;
  const verbs = ['add', 'remove', 'reweight'];
  const isStatic = events.every(({ action }) => !verbs.includes(action.verb));
  const isUnwatched = origins.every(({ observers }) => observers === undefined);
  if (!(isPlain && isStatic && isUnwatched)) throw new Error('the oracle knows no such balancing');
}

/** Each balancer instance has a health checker of the library, with probes of this world. */
function watchHealth(
  world: WorldSpec,
  pops: readonly SlowPop[],
  timers: Timers,
  streams: RandomStreams,
): void {
  for (const pop of pops) {
    pop.balancers.forEach(({ pool }, instance) => {
      const jitter = streams.stream('probe-jitter', `${pop.spec.name}/${instance}`);
      const losses = streams.stream('probe', `${pop.spec.name}/${instance}`);
      createHealthChecker({
        ...world.health!,
        pool,
        timers,
        random: () => jitter.uniform(),
        prober: {
          probe: (backend, done) => {
            const server = pop.servers[backend]!;
            const isLost = losses.uniform() < server.probeLossRatio;
            if (isLost || pop.condition === 'dark' || server.condition === 'dark') return;
            const outcome = server.condition === 'serving' ? 'pass' : 'fail';
            timers.after(PROBE_ROUND_TRIP_NS, () => done(outcome));
          },
        },
      }).start();
    });
  }
}

function timersOf(agenda: Agenda): Timers {
  const cancels: (() => void)[] = [];
  return {
    get nowNs() {
      return agenda.nowNs;
    },
    after(delayNs, run) {
      return (cancels.push(agenda.at(agenda.nowNs + delayNs, run)) - 1) as TimerId;
    },
    cancel(timer) {
      cancels[timer]?.();
    },
  };
}
