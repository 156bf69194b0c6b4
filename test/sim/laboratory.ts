import type {
  ArrivalSpec,
  DistributionSpec,
  EventSpec,
  FailureReason,
  HealthSpec,
  WorldSpec,
} from '../../sim/index.ts';
import { routingSpec } from './routing/routing-spec.ts';

/** What tests vary; times in ns. Everything has a plain default: one server at 80 %. */
export interface LaboratoryOptions {
  readonly servers?: number;
  readonly queueLimit?: number;
  readonly policy?: string;
  readonly ratePerSecond?: number;
  readonly arrivals?: ArrivalSpec;
  readonly serviceNs?: number;
  readonly objects?: number;
  readonly ttlNs?: number;
  readonly passRatio?: number;
  readonly timeout?: DistributionSpec;
  readonly retry?: { readonly on: readonly FailureReason[]; readonly max: number };
  readonly health?: HealthSpec;
  readonly cache?: { readonly objects: number; readonly collapses?: boolean };
  readonly staleIfErrorNs?: number;
  readonly origin?: {
    readonly serviceNs: number;
    readonly timeoutNs?: number;
    readonly retryMax?: number;
  };
  readonly events?: readonly EventSpec[];
  readonly durationNs?: number;
  readonly cutNs?: number;
}

/** One POP called `lab`, one class called `page`, an origin called `main` if there is one. */
export function laboratory(options: LaboratoryOptions): WorldSpec {
  const { servers = 1, ratePerSecond = 80, serviceNs = 10e6, retry, origin, cache } = options;
  return {
    scenario: 'laboratory',
    strategy: 'default',
    time: { preRunNs: 0, cutNs: options.cutNs ?? 0, durationNs: options.durationNs ?? 60e9 },
    pops: [
      {
        name: 'lab',
        servers: Array.from({ length: servers }, (_, index) => ({
          name: String(index),
          weight: 1,
          concurrency: 1,
          speed: 1,
        })),
        balancerCount: 1,
        discipline: 'fifo',
        queueLimit: options.queueLimit ?? Infinity,
        egressBps: Infinity,
      },
    ],
    origins: origin === undefined ? [] : [originOf(origin)],
    classes: [
      {
        name: 'page',
        share: 1,
        serviceTime: { law: 'exponential', mean: serviceNs },
        sizeBytes: { law: 'constant', value: 1000 },
        objects:
          options.objects === undefined
            ? null
            : { count: options.objects, popularity: { law: 'uniform' } },
        passRatio: options.passRatio ?? 0,
        ttlNs: options.ttlNs ?? Infinity,
      },
    ],
    traffic: {
      arrivals: options.arrivals ?? { law: 'poisson', ratePerSecond },
      dayCurve: { kind: 'flat' },
      protocols: [{ name: 'h2', share: 1, handshakeRoundTrips: 2 }],
      clientsPerRegion: 100,
      keepAliveNs: 60e9,
      timeout: options.timeout ?? null,
      retry: {
        on: retry?.on ?? [],
        max: retry?.max ?? 0,
        backoffLowNs: 10e6,
        backoffHighNs: 100e6,
        budgetRatio: Infinity,
      },
      accessBps: 50e6,
      handshakeServiceNs: 0,
    },
    routing: routingSpec('anycast'),
    balancer: { policy: { name: options.policy ?? 'random', options: {} }, hashKey: 'object' },
    health: options.health ?? null,
    cache:
      cache === undefined
        ? null
        : {
            edge: {
              capacityBytes: Infinity,
              capacityObjects: cache.objects,
              eviction: { name: 'lru', options: {} },
              placement: 'server',
              collapseRequests: cache.collapses ?? true,
            },
            shield: null,
            staleIfErrorNs: options.staleIfErrorNs ?? 0,
            staleWhileRevalidateNs: 0,
          },
    events: options.events ?? [],
    record: { timelineNs: 0, quantiles: [0.5, 0.95, 0.99], latencyLimitsNs: [] },
  };
}

function originOf(origin: NonNullable<LaboratoryOptions['origin']>): WorldSpec['origins'][number] {
  return {
    name: 'main',
    near: null,
    latencyNs: 0,
    serverCount: 0,
    concurrency: 1,
    queueLimit: Infinity,
    serviceTime: { law: 'constant', value: origin.serviceNs },
    timeoutNs: origin.timeoutNs ?? 15e9,
    connectTimeoutNs: 1e9,
    retryMax: origin.retryMax ?? 0,
    connectionsMax: Infinity,
    policy: { name: 'round-robin', options: {} },
  };
}
