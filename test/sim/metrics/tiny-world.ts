import { entityNames } from '../../../sim/metrics/entity-names.ts';
import { createCollectors } from '../../../sim/metrics/collectors.ts';
import { ObserverHub } from '../../../sim/metrics/observer-hub.ts';
import { CacheResult, type Outcome, Requests } from '../../../sim/requests.ts';
import type { EventSpec, WorldSpec } from '../../../sim/world.ts';

/** Two POPs (`ams` with two servers, `fra` with one), two classes, one origin; lasts 10 s. */
export function tinyWorld(changes: Partial<WorldSpec> = {}): WorldSpec {
  const server = (name: string) => ({ name, weight: 1, concurrency: 2, speed: 1 });
  const pop = (name: string, servers: readonly string[]) => ({
    name,
    servers: servers.map(server),
    balancerCount: 1,
    discipline: 'fifo' as const,
    queueLimit: Infinity,
    egressBps: Infinity,
  });
  const requestClass = (name: string) => ({
    name,
    share: 0.5,
    serviceTime: { law: 'constant' as const, value: 1e6 },
    sizeBytes: { law: 'constant' as const, value: 1000 },
    objects: null,
    passRatio: 0,
    ttlNs: Infinity,
  });
  const policy = { name: 'random', options: {} };
  return {
    scenario: 'tiny',
    strategy: 'default',
    time: { preRunNs: 0, cutNs: 0, durationNs: 10e9 },
    pops: [pop('ams', ['0', '1']), pop('fra', ['0'])],
    origins: [
      {
        name: 'main',
        near: null,
        latencyNs: 0,
        serverCount: 1,
        concurrency: 1,
        queueLimit: Infinity,
        serviceTime: { law: 'constant', value: 1e6 },
        timeoutNs: Infinity,
        connectTimeoutNs: Infinity,
        retryMax: 0,
        connectionsMax: Infinity,
        policy,
      },
    ],
    classes: [requestClass('page'), requestClass('image')],
    traffic: {
      arrivals: { law: 'constant', ratePerSecond: 1 },
      dayCurve: { kind: 'flat' },
      protocols: [{ name: 'h2', share: 1, handshakeRoundTrips: 2 }],
      clientsPerRegion: 1,
      keepAliveNs: 0,
      timeout: null,
      retry: { on: [], max: 0, backoffLowNs: 0, backoffHighNs: 0, budgetRatio: Infinity },
      accessBps: Infinity,
      handshakeServiceNs: 0,
    },
    routing: {
      strategy: { name: 'anycast', options: {} },
      convergence: 'instant',
      bgp: {
        mraiNs: 0,
        holdTimerNs: 0,
        bfd: false,
        propagationLowNs: 0,
        propagationHighNs: 0,
      },
      dns: {
        ttlNs: 0,
        clientsIgnoringTtlRatio: 0,
        ecsRatio: 0,
        remoteResolverRatio: 0,
        failoverNs: 0,
      },
      prepends: {},
      announceFrom: 'all',
      announceVia: ['transit'],
    },
    balancer: { policy, hashKey: 'object' },
    health: null,
    cache: null,
    events: [],
    record: { timelineNs: 0, quantiles: [0.5, 0.99], latencyLimitsNs: [] },
    ...changes,
  };
}

export function failure(name: string | null, atNs: number, untilNs: number): EventSpec {
  return {
    name,
    atNs,
    untilNs,
    targets: [{ kind: 'server', pop: 'ams', server: '1' }],
    action: { verb: 'fail', mode: 'power' },
  };
}

/** What one request looked like when it ended; everything not said is dull. */
export interface EndedRequest {
  readonly arrivedNs: number;
  readonly latencyNs?: number;
  readonly outcome?: Outcome;
  readonly pop?: number;
  readonly server?: number;
  readonly classIndex?: number;
  readonly region?: number;
  readonly rttNs?: number;
  readonly bestRttNs?: number;
  readonly queueWaitNs?: number;
  readonly ttfbNs?: number;
  readonly sizeBytes?: number;
  readonly cacheResult?: CacheResult;
  readonly attempt?: number;
}

/** Collectors of a world behind a hub, and a way to end requests that never ran. */
export function watched(
  world: WorldSpec,
  map = { regions: ['de', 'fr'], links: ['ams-fra'], prefixes: ['www'] },
  clockZeroNs = 0,
) {
  const { cutNs, durationNs } = world.time;
  const table = new Requests(Infinity, clockZeroNs + cutNs, clockZeroNs + durationNs, 4);
  const names = entityNames(world, map);
  const collectors = createCollectors(world, names, table, clockZeroNs);
  const hub = new ObserverHub(collectors.observers);
  const end = (ended: EndedRequest): void => {
    const request = table.acquire();
    const { arrivedNs } = ended;
    table.arrivedNs[request] = arrivedNs + clockZeroNs;
    table.pop[request] = ended.pop ?? 0;
    table.server[request] = ended.server ?? 0;
    table.classIndex[request] = ended.classIndex ?? 0;
    table.region[request] = ended.region ?? -1;
    table.rttNs[request] = ended.rttNs ?? 0;
    table.bestRttNs[request] = ended.bestRttNs ?? 0;
    table.queueWaitNs[request] = ended.queueWaitNs ?? 0;
    table.ttfbNs = ended.ttfbNs ?? 0;
    table.sizeBytes[request] = ended.sizeBytes ?? 0;
    table.cacheResult[request] = ended.cacheResult ?? CacheResult.None;
    table.attempt[request] = ended.attempt ?? 0;
    hub.requestEnded(request, ended.outcome ?? 0, clockZeroNs + arrivedNs + (ended.latencyNs ?? 0));
    table.release(request);
  };
  return { names, collectors, hub, end };
}
