import type {
  ArrivalSpec,
  CacheSpec,
  CacheTierSpec,
  ClassSpec,
  DayCurveSpec,
  DistributionSpec,
  FailureReason,
  OriginSpec,
  PolicySpec,
  PopSpec,
  RetrySpec,
  TrafficSpec,
  WorldSpec,
} from '../../sim/world.ts';
import { type Draws, drawsFrom } from './draws.ts';
import { randomEvents } from './random-events.ts';
import { metroNames, randomMap } from './random-map.ts';

const POLICIES = [
  'random',
  'round-robin',
  'weighted-round-robin',
  'least-request',
  'two-choices',
  'rendezvous',
  'ring-hash',
  'maglev',
] as const;
const REASONS = ['timeout', 'reset', 'connect_error', '503', '504', '5xx'] as const;

/**
 * A valid world, a function of the seed and of how many client requests shall arrive, about; every
 * feature is there in a fair share of seeds.
 */
export function randomWorld(seed: number, requestCount = 1500): WorldSpec {
  const draws = drawsFrom(seed, 'world');
  const hasDays = draws.chance(0.2);
  // The day curve takes a step a minute.
  const durationNs = draws.integer(4, 20) * (hasDays ? 10e9 : 1e9);
  const hasNetwork = draws.chance(0.4);
  const popCount = hasNetwork ? draws.integer(2, 6) : draws.integer(1, 4);
  const names = metroNames(popCount);
  const pops = names.map((name) => randomPop(draws, name));
  const cache = draws.chance(0.6) ? randomCache(draws, names) : null;
  const hasOrigins = cache !== null || draws.chance(0.2);
  const slots = pops
    .flatMap((pop) => pop.servers)
    .reduce((sum, s) => sum + s.concurrency * s.speed, 0);
  const load = draws.real(0.3, 1.2);
  const ratePerSecond = requestCount / (durationNs / 1e9);
  const meanServiceNs = (load * slots * 1e9) / ratePerSecond;
  const world: WorldSpec = {
    scenario: `swarm ${seed}`,
    strategy: 'default',
    time: {
      preRunNs: draws.chance(0.3) ? 2e9 : 0,
      cutNs: draws.chance(0.3) ? 1e9 : 0,
      durationNs,
    },
    ...(hasNetwork ? { network: randomMap(draws, popCount) } : {}),
    pops,
    origins: hasOrigins ? randomOrigins(draws, hasNetwork ? names : null) : [],
    classes: randomClasses(draws, meanServiceNs, hasOrigins),
    traffic: randomTraffic(draws, ratePerSecond, meanServiceNs, { hasDays, durationNs }),
    routing: randomRouting(draws, names),
    balancer: {
      policy: randomPolicy(draws),
      hashKey: draws.oneOf(['object', 'client'] as const),
    },
    health: draws.chance(0.4)
      ? {
          intervalNs: draws.integer(2e8, 1e9),
          timeoutNs: draws.integer(5e7, 2e8),
          fall: draws.integer(1, 3),
          rise: draws.integer(1, 3),
          jitterRatio: draws.oneOf([0, 0.1]),
        }
      : null,
    cache,
    events: [],
    record: { timelineNs: 1e9, quantiles: [0.5, 0.95, 0.99], latencyLimitsNs: [] },
  };
  return { ...world, events: draws.chance(0.6) ? randomEvents(draws, world) : [] };
}

/** What a failing seed prints first. */
export function describeWorld(world: WorldSpec): string {
  const { network, ...rest } = world;
  const map = network === undefined ? 'laboratory' : `${network.nodes.length} nodes`;
  return `${world.scenario} (${map}): ${JSON.stringify(rest, (_key, value: unknown) =>
    value === Infinity ? 'Infinity' : value,
  )}`;
}

function randomPop(draws: Draws, name: string): PopSpec {
  return {
    name,
    servers: Array.from({ length: draws.integer(1, 4) }, (_, index) => ({
      name: String(index),
      weight: draws.integer(1, 3),
      concurrency: draws.integer(1, 4),
      speed: draws.oneOf([1, 1, 0.5, 2]),
    })),
    balancerCount: draws.integer(1, 3),
    discipline: draws.oneOf(['fifo', 'fifo', 'ps'] as const),
    queueLimit: draws.oneOf([Infinity, Infinity, 0, 1, 5]),
    egressBps: draws.oneOf([Infinity, Infinity, 10e6, 1e6]),
  };
}

function randomPolicy(draws: Draws): PolicySpec {
  return { name: draws.oneOf(POLICIES), options: {} };
}

/** Laws without atoms, so that two events fall on one nanosecond next to never. */
function randomLaw(draws: Draws, mean: number): DistributionSpec {
  const sigma = draws.real(0.3, 1.5);
  return draws.oneOf<DistributionSpec>([
    { law: 'exponential', mean },
    { law: 'exponential', mean },
    { law: 'lognormal', mu: Math.log(mean) - (sigma * sigma) / 2, sigma },
    { law: 'uniform', low: mean / 2, high: mean * 1.5 },
    { law: 'pareto', alpha: 2.5, min: mean * 0.6 },
    { law: 'hyperexponential', probability: 0.3, mean1: mean * 2, mean2: (mean * 0.4) / 0.7 },
  ]);
}

function randomClasses(draws: Draws, meanServiceNs: number, hasOrigins: boolean): ClassSpec[] {
  const count = draws.integer(1, 3);
  const names = ['page', 'image', 'video'];
  return Array.from({ length: count }, (_, index) => ({
    name: names[index]!,
    share: 1 / count,
    serviceTime: randomLaw(draws, meanServiceNs),
    sizeBytes: randomLaw(draws, draws.oneOf([500, 20e3, 300e3])),
    objects:
      hasOrigins && draws.chance(0.85)
        ? {
            count: draws.integer(5, 400),
            popularity: draws.chance(0.7)
              ? { law: 'zipf', alpha: draws.real(0.5, 1.3) }
              : { law: 'uniform' },
          }
        : null,
    passRatio: draws.oneOf([0, 0, 0.1]),
    ttlNs: draws.oneOf([Infinity, 5e9, 1e9, 2e8]),
  }));
}

function randomArrivals(draws: Draws, ratePerSecond: number, durationNs: number): ArrivalSpec {
  const law = draws.oneOf(['poisson', 'poisson', 'poisson', 'constant', 'trace'] as const);
  if (law !== 'trace') return { law, ratePerSecond };
  const count = Math.round((ratePerSecond * durationNs) / 1e9);
  const atNs = Array.from({ length: count }, () => draws.integer(0, durationNs - 1));
  return { law, atNs: atNs.toSorted((a, b) => a - b) };
}

function randomDayCurve(draws: Draws): DayCurveSpec {
  const amplitude = draws.real(0.1, 1);
  const peakHour = draws.integer(0, 23);
  if (draws.chance(0.2)) return { kind: 'peak', amplitude, peakHour };
  return { kind: 'daily', amplitude, peakHour, startUtcHour: draws.integer(0, 23) };
}

function randomTraffic(
  draws: Draws,
  ratePerSecond: number,
  meanServiceNs: number,
  { hasDays, durationNs }: { readonly hasDays: boolean; readonly durationNs: number },
): TrafficSpec {
  const timeout = draws.integer(0, 2);
  return {
    arrivals: randomArrivals(draws, ratePerSecond, durationNs),
    dayCurve: hasDays ? randomDayCurve(draws) : { kind: 'flat' },
    protocols: draws.oneOf([
      [{ name: 'h2', share: 1, handshakeRoundTrips: 2 }],
      [
        { name: 'h2', share: 0.5, handshakeRoundTrips: 2 },
        { name: 'h3', share: 0.5, handshakeRoundTrips: 1 },
      ],
    ] as const),
    clientsPerRegion: draws.integer(1, 40),
    keepAliveNs: draws.oneOf([0, 1e9, 60e9]),
    timeout: [
      null,
      { law: 'constant' as const, value: Math.round(meanServiceNs * draws.real(1, 10)) + 100e6 },
      { law: 'exponential' as const, mean: meanServiceNs * draws.real(1, 5) },
    ][timeout]!,
    retry: randomRetry(draws),
    accessBps: draws.oneOf([Infinity, 50e6]),
    handshakeServiceNs: draws.oneOf([0, Math.round(meanServiceNs / 10)]),
  };
}

function randomRetry(draws: Draws): RetrySpec {
  const backoffLowNs = draws.integer(1e6, 200e6);
  return {
    on: draws.some<FailureReason>(REASONS, 0.6),
    max: draws.integer(0, 3),
    backoffLowNs,
    backoffHighNs: backoffLowNs + draws.integer(1e6, 500e6),
    budgetRatio: draws.oneOf([Infinity, 0.2, 0.01]),
  };
}

function randomOrigins(draws: Draws, popNames: readonly string[] | null): OriginSpec[] {
  return Array.from({ length: 1 }, (_, index) => ({
    name: `origin${index}`,
    near: popNames === null ? null : draws.oneOf(popNames),
    latencyNs: draws.integer(1e6, 80e6),
    serverCount: draws.oneOf([0, 1, 2, 4]),
    concurrency: draws.integer(1, 8),
    queueLimit: draws.oneOf([Infinity, 0, 5]),
    serviceTime: randomLaw(draws, 20e6),
    timeoutNs: draws.oneOf([60e9, 150e6]),
    connectTimeoutNs: draws.oneOf([1e9, 100e6]),
    retryMax: draws.integer(0, 2),
    connectionsMax: draws.oneOf([Infinity, Infinity, 5]),
    policy: randomPolicy(draws),
  }));
}

function randomCache(draws: Draws, popNames: readonly string[]): CacheSpec {
  return {
    edge: draws.chance(0.9) ? randomTier(draws) : null,
    shield: draws.chance(0.4)
      ? {
          ...randomTier(draws),
          pops: [draws.oneOf(popNames), ...draws.some(popNames, 0.2)].filter(isFirst),
        }
      : null,
    staleIfErrorNs: draws.oneOf([0, 2e9]),
    staleWhileRevalidateNs: draws.oneOf([0, 0, 1e9]),
  };
}

function isFirst<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function randomTier(draws: Draws): CacheTierSpec {
  const byBytes = draws.chance(0.5);
  return {
    capacityBytes: byBytes ? draws.integer(20e3, 3e6) : Infinity,
    capacityObjects: byBytes ? Infinity : draws.integer(1, 100),
    eviction: { name: 'lru', options: {} },
    placement: draws.oneOf(['server', 'rendezvous'] as const),
    collapseRequests: draws.chance(0.7),
  };
}

function randomRouting(draws: Draws, popNames: readonly string[]): WorldSpec['routing'] {
  return {
    strategy: {
      name: draws.oneOf(['anycast', 'anycast', 'dns-geo', 'dns-latency', 'nearest']),
      options: {},
    },
    convergence: draws.oneOf(['instant', 'per-hop'] as const),
    bgp: {
      mraiNs: draws.oneOf([0, 2e9]),
      holdTimerNs: draws.integer(1e9, 4e9),
      bfd: draws.chance(0.5),
      propagationLowNs: 50e6,
      propagationHighNs: 500e6,
    },
    dns: {
      ttlNs: draws.integer(1e9, 5e9),
      clientsIgnoringTtlRatio: draws.oneOf([0, 0.2]),
      ecsRatio: 0.3,
      remoteResolverRatio: 0.3,
      failoverNs: draws.integer(1e8, 2e9),
    },
    prepends: draws.chance(0.3) ? { [draws.oneOf(popNames)]: draws.integer(1, 3) } : {},
    announceFrom: draws.chance(0.2) ? [draws.oneOf(popNames), popNames[0]!].filter(isFirst) : 'all',
    announceVia: ['transit', 'ixp'],
  };
}
