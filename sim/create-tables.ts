import { policies, type PolicyDefinition } from '../balancer/index.ts';
import type { Network } from '../topology/index.ts';
import { EventKind } from './kernel/event-kind.ts';
import type { RandomStreams } from './kernel/random.ts';
import { Backbone } from './network/backbone.ts';
import { createInstance } from './pop/balancing/create-instance.ts';
import { Membership } from './pop/balancing/membership.ts';
import { PopLoads } from './pop/balancing/pop-loads.ts';
import { Caches } from './pop/caches.ts';
import { Fetches } from './pop/fetches.ts';
import { ProbeVisits } from './pop/health/probe-visits.ts';
import { KeyMoves } from './pop/key-moves.ts';
import { Origins } from './pop/origins.ts';
import { Pops } from './pop/pops.ts';
import { Shields } from './pop/shields.ts';
import { Stations } from './pop/stations.ts';
import type { Tables } from './tables.ts';
import { Arrivals } from './traffic/arrivals.ts';
import { Connections } from './traffic/connections.ts';
import type { arrivalProcesses } from './traffic/processes.ts';
import type { WorldSpec } from './world.ts';

export type TableParts = Pick<
  Tables,
  'world' | 'kernel' | 'requests' | 'routing' | 'observers' | 'catalogue'
> & {
  readonly network: Network | null;
  readonly streams: RandomStreams;
  readonly processes: ReturnType<typeof arrivalProcesses>;
};

/** Stage 4, first half: the tables of one replication, empty. */
export function createTables(parts: TableParts): Tables {
  const { world, network, kernel, streams, processes } = parts;
  const { traffic } = world;
  const policy = policyOf(world);
  const { stations, pops, popLoads } = createPops(parts, policy);
  const membership = new Membership(world, pops, kernel);
  const backbone = new Backbone(network, world.pops);
  const regionCount = network?.regionCount ?? 0;
  return {
    world,
    kernel,
    requests: parts.requests,
    arrivals: new Arrivals(processes, traffic.arrivals, traffic.dayCurve, kernel, streams),
    catalogue: parts.catalogue,
    pops,
    membership,
    popLoads,
    keyMoves: new KeyMoves({ pops, membership, kernel, observers: parts.observers, world }, policy),
    stations,
    probeVisits: new ProbeVisits(kernel),
    caches: popLoads.watch(new Caches(world.cache, pops)),
    fetches: new Fetches(),
    shields: new Shields(world.cache?.shield?.pops ?? [], pops, backbone),
    origins: new Origins(world.origins, pops, kernel, streams),
    backbone,
    routing: parts.routing,
    connections: new Connections(regionCount, traffic.clientsPerRegion, traffic.keepAliveNs),
    regionNames: network?.regionNames ?? [],
    accessRttNs: network?.regionAccessRttNs ?? new Float64Array(0),
    regionLossRatio: new Float64Array(regionCount),
    observers: parts.observers,
  };
}

/** The servers of all POPs, and the balancers between them. */
function createPops(
  { world, kernel, streams, observers }: TableParts,
  definition: PolicyDefinition,
): Pick<Tables, 'stations' | 'pops' | 'popLoads'> {
  const stationSpecs = world.pops.flatMap(({ servers, discipline, queueLimit }) =>
    servers.map(({ concurrency, speed }) => ({ concurrency, speed, queueLimit, discipline })),
  );
  const stations = new Stations(stationSpecs, kernel, EventKind.ServiceEnded);
  const popLoads = new PopLoads(world, stations, kernel, streams);
  // Instances are made in the order of their indices.
  let balancer = 0;
  const pops: Pops = new Pops(world.pops, (pop, instance) =>
    createInstance(
      {
        observers,
        place: { pop, balancer: balancer++ },
        world,
        definition,
        kernel,
        streams,
        loads: popLoads.of(pop),
        answers: (backend) => pops.isServing(pop, backend),
      },
      world.pops[pop]!,
      instance,
    ),
  );
  popLoads.startReports(pops);
  return { stations, pops, popLoads };
}

function policyOf(world: WorldSpec): PolicyDefinition {
  const { name } = world.balancer.policy;
  const definition = policies.find((candidate) => candidate.name === name);
  if (definition === undefined) throw new Error(`no policy ${name}`);
  return definition;
}
