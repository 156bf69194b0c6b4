import type { DistributionSpec, PopSpec, WorldSpec } from '../../sim/index.ts';
import {
  addLink,
  createNetworkGraph,
  Relation,
  type NetworkGraph,
  type SerializedNetwork,
} from '../../topology/index.ts';

/** What R4 multiplies; R1 is 20 POPs, 200 regions, 1,000 requests/s a region. */
export interface EdgeScale {
  readonly popCount: number;
  readonly regionCount: number;
  /** Of all servers: each has 20,000 of 10⁶ objects at R1. */
  readonly edgeObjects: number;
  readonly objectCount: number;
  /** Requests per second; slots at servers and the origin grow with it. */
  readonly ratePerRegion: number;
}

export const R1_SCALE: EdgeScale = {
  popCount: 20,
  regionCount: 200,
  edgeObjects: 20_000,
  objectCount: 1_000_000,
  ratePerRegion: 1000,
};

const SERVERS_PER_POP = 8;
const SLOTS = 16;
const SHIELD = 'shield';
const SHIELD_NS = 10e6;
const ORIGIN_NS = 20e6;

/**
 * The edge reference R1 as Anycastle writes it: see `peers/edge.md`, which this must match. Region
 * r has an access network of its own in the metro of POP r mod POPs, so the access round trip is
 * all of its way; the shield is a POP without BGP sessions, 10 ms from all others.
 */
export function edgeWorld(durationNs: number, scale: EdgeScale = R1_SCALE): WorldSpec {
  const { popCount, regionCount, objectCount } = scale;
  const slotFactor = scale.ratePerRegion / R1_SCALE.ratePerRegion;
  const tier = {
    capacityBytes: Infinity,
    eviction: { name: 'lru', options: {} },
    placement: 'server',
    collapseRequests: false,
  } as const;
  return {
    scenario: 'edge',
    strategy: 'default',
    time: { preRunNs: 0, cutNs: 0, durationNs },
    network: edgeMap(popCount, regionCount).export() as SerializedNetwork,
    pops: [
      ...Array.from({ length: popCount }, (_, pop) =>
        edgePop(popName(pop), SERVERS_PER_POP, SLOTS * slotFactor),
      ),
      // as many slots as there can be requests: the peers' shield has no queue
      edgePop(SHIELD, 1, 1e9, { law: 'constant', value: 0 }),
    ],
    origins: [
      {
        name: 'main',
        near: SHIELD,
        latencyNs: 2 * ORIGIN_NS,
        serverCount: 1,
        concurrency: 200 * popCount * slotFactor,
        queueLimit: Infinity,
        serviceTime: { law: 'exponential', mean: 20e6 },
        timeoutNs: Infinity,
        connectTimeoutNs: 1e9,
        retryMax: 0,
        connectionsMax: Infinity,
        policy: { name: 'random', options: {} },
      },
    ],
    classes: [
      {
        name: 'page',
        share: 1,
        serviceTime: { law: 'exponential', mean: 0.5e6 },
        sizeBytes: { law: 'constant', value: 1000 },
        objects: { count: objectCount, popularity: { law: 'zipf', alpha: 0.9 } },
        passRatio: 0,
        ttlNs: Infinity,
      },
    ],
    traffic: edgeTraffic(regionCount * scale.ratePerRegion),
    routing: edgeRouting,
    balancer: { policy: { name: 'maglev', options: {} }, hashKey: 'object' },
    health: null,
    cache: {
      edge: { ...tier, capacityObjects: scale.edgeObjects },
      shield: { ...tier, pops: [SHIELD], capacityObjects: SERVERS_PER_POP * scale.edgeObjects },
      staleIfErrorNs: 0,
      staleWhileRevalidateNs: 0,
    },
    events: [],
    record: { timelineNs: 0, quantiles: [0.5, 0.9, 0.95, 0.99, 0.999], latencyLimitsNs: [] },
  };
}

/** Connections without a handshake and access without a bottleneck: the peers have neither. */
function edgeTraffic(ratePerSecond: number): WorldSpec['traffic'] {
  return {
    arrivals: { law: 'poisson', ratePerSecond },
    dayCurve: { kind: 'flat' },
    protocols: [{ name: 'h2', share: 1, handshakeRoundTrips: 0 }],
    clientsPerRegion: 256,
    keepAliveNs: Infinity,
    timeout: null,
    retry: { on: [], max: 0, backoffLowNs: 0, backoffHighNs: 0, budgetRatio: Infinity },
    accessBps: Infinity,
    handshakeServiceNs: 0,
  };
}

const edgeRouting: WorldSpec['routing'] = {
  strategy: { name: 'anycast', options: {} },
  convergence: 'instant',
  bgp: {
    mraiNs: 30e9,
    holdTimerNs: 90e9,
    bfd: false,
    propagationLowNs: 1e9,
    propagationHighNs: 2e9,
  },
  dns: {
    ttlNs: 60e9,
    clientsIgnoringTtlRatio: 0,
    ecsRatio: 0,
    remoteResolverRatio: 0,
    failoverNs: 0,
  },
  prepends: {},
  announceFrom: 'all',
  announceVia: ['transit', 'ixp'],
};

function edgePop(
  name: string,
  serverCount: number,
  concurrency: number,
  serviceTime?: DistributionSpec,
): PopSpec {
  const server = { weight: 1, concurrency, speed: 1 };
  return {
    name,
    servers: Array.from({ length: serverCount }, (_, index) => ({ name: `${index}`, ...server })),
    balancerCount: 1,
    discipline: 'fifo',
    queueLimit: Infinity,
    egressBps: Infinity,
    ...(serviceTime === undefined ? {} : { serviceTime }),
  };
}

function edgeMap(popCount: number, regionCount: number): NetworkGraph {
  const graph = createNetworkGraph();
  const place = { continent: 'europe', country: 'XX', latitude: 0, longitude: 0 } as const;
  for (let pop = 0; pop <= popCount; pop++) {
    const name = pop === popCount ? SHIELD : popName(pop);
    graph.addNode(`metro/${name}`, {
      kind: 'metro',
      name,
      city: name,
      population: 1,
      utcOffsetHours: 0,
      ...place,
    });
    graph.addNode(`pop/${name}`, { kind: 'pop', name, metro: `metro/${name}`, ...place });
  }
  for (let pop = 0; pop < popCount; pop++) {
    addLink(graph, `pop/${popName(pop)}`, `pop/${SHIELD}`, {
      kind: 'backbone',
      name: `${popName(pop)}-${SHIELD}`,
      latencyNs: SHIELD_NS,
      bandwidthBps: Infinity,
      lossRatio: 0,
      bufferNs: 0,
    });
  }
  for (let region = 0; region < regionCount; region++)
    addRegion(graph, region, popCount, regionCount);
  return graph;
}

/** A region, its access network, and that network's one session, to the region's POP. */
function addRegion(
  graph: NetworkGraph,
  region: number,
  popCount: number,
  regionCount: number,
): void {
  const name = `r${String(region).padStart(6, '0')}`;
  const pop = popName(region % popCount);
  const metro = `metro/${pop}`;
  const as = `as/${region + 1}`;
  graph.addNode(as, { kind: 'as', asn: region + 1, name, tier: 'eyeball', metros: [metro] });
  graph.addNode(`region/${name}`, {
    kind: 'region',
    name,
    metro,
    as,
    continent: 'europe',
    country: 'XX',
    populationShare: 1 / regionCount,
    access: 'fibre',
    accessRttNs: 2e6 * (2 + 0.3 * ((37 * region) % 100)),
  });
  addLink(graph, as, `pop/${pop}`, { kind: 'session', relation: Relation.Peer });
}

function popName(pop: number): string {
  return `p${String(pop).padStart(4, '0')}`;
}
