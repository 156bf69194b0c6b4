import type { SerializedGraph } from 'graphology-types';
import type { FailureReason } from '../balancer/index.ts';
import type { LinkAttributes, NodeAttributes } from '../topology/index.ts';
import type { AutoscalerSpec } from './autoscaling-spec.ts';
import type { BalancerSpec, HealthSpec, ObserversSpec } from './balancing-spec.ts';
import type { EntityRef, EventSpec } from './event-spec.ts';

export type * from './autoscaling-spec.ts';
export type * from './balancing-spec.ts';
export type * from './event-spec.ts';

/**
 * A scenario decoded for one strategy: plain data in base units (ns, bytes, bits/s, ratios), so it
 * can be cloned to a worker, hashed, printed, and read by a second simulator. `scenarios/build`
 * makes it from a file; `createSimulation` runs it. Times of events are on the scenario's clock,
 * where 0 is the start of the measured story.
 */
export interface WorldSpec {
  readonly scenario: string;
  readonly strategy: string;
  readonly time: TimeSpec;
  /** Absent in a laboratory: traffic then arrives at the POPs with no network delay. */
  readonly network?: SerializedGraph<NodeAttributes, LinkAttributes>;
  readonly pops: readonly PopSpec[];
  readonly origins: readonly OriginSpec[];
  readonly classes: readonly ClassSpec[];
  readonly traffic: TrafficSpec;
  readonly routing: RoutingSpec;
  readonly balancer: BalancerSpec;
  /** Active checks: probes, heartbeats. */
  readonly health: HealthSpec | null;
  /** Passive checks: an entry of the library's catalogue that live requests feed. */
  readonly passive?: PolicySpec;
  readonly cache: CacheSpec | null;
  /** Absent: the servers are those that the file and its events say. */
  readonly autoscalers?: readonly AutoscalerSpec[];
  readonly events: readonly EventSpec[];
  readonly record: RecordSpec;
}

export interface TimeSpec {
  /** Simulated before 0 and measured by nobody (scenarios with events start warm). */
  readonly preRunNs: number;
  /** Cut from the start of [0, durationNs) (steady-state scenarios). */
  readonly cutNs: number;
  readonly durationNs: number;
}

export type DistributionSpec =
  | { readonly law: 'constant'; readonly value: number }
  | { readonly law: 'exponential'; readonly mean: number }
  | { readonly law: 'lognormal'; readonly mu: number; readonly sigma: number }
  /** Pareto; bounded where `max` is given. */
  | { readonly law: 'pareto'; readonly alpha: number; readonly min: number; readonly max?: number }
  | { readonly law: 'erlang'; readonly stages: number; readonly mean: number }
  | {
      readonly law: 'hyperexponential';
      readonly probability: number;
      readonly mean1: number;
      readonly mean2: number;
    }
  | { readonly law: 'uniform'; readonly low: number; readonly high: number }
  | { readonly law: 'weibull'; readonly shape: number; readonly scale: number }
  /** Equally likely values, ascending. */
  | { readonly law: 'empirical'; readonly values: readonly number[] };

export interface PopSpec {
  readonly name: string;
  readonly servers: readonly ServerSpec[];
  /** Load-balancing instances, each with its own view of load and health. */
  readonly balancerCount: number;
  readonly discipline: 'fifo' | 'ps';
  /** Waiting requests per server; Infinity when unlimited. The next one is rejected with 503. */
  readonly queueLimit: number;
  /** A server whose queue is full dies with all inside, and is back after so long; else never. */
  readonly crashWhenFullNs?: number;
  /** Overrides the classes' service time at this POP. */
  readonly serviceTime?: DistributionSpec;
  /** Egress to clients; Infinity when not given. */
  readonly egressBps: number;
}

export interface ServerSpec {
  /** Unique in its POP; events call it `server/POP/NAME`. */
  readonly name: string;
  readonly weight: number;
  /** Where it stands in its POP; for balancers that look at zones. */
  readonly zone?: string;
  /** 0, the default, is used first; for balancers with priorities. */
  readonly priority?: number;
  /** Requests served at once; with `ps`, processors shared by everybody inside. */
  readonly concurrency: number;
  /** Service times are divided by this. */
  readonly speed: number;
}

export interface OriginSpec {
  readonly name: string;
  /** POP beside which it stands; null in a laboratory. */
  readonly near: string | null;
  /** Round trip between POP `near` (or any lab POP) and the origin, on top of the backbone. */
  readonly latencyNs: number;
  /** 0 = no servers: answers after its service time, any number at once. */
  readonly serverCount: number;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly serviceTime: DistributionSpec;
  readonly timeoutNs: number;
  readonly connectTimeoutNs: number;
  readonly retryMax: number;
  readonly connectionsMax: number;
  readonly policy: PolicySpec;
  /** Absent: fetches go to servers that are down as to others. */
  readonly observers?: ObserversSpec;
}

export interface PolicySpec {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ClassSpec {
  readonly name: string;
  /** All classes sum to 1. */
  readonly share: number;
  readonly serviceTime: DistributionSpec;
  /** Response size, bytes; one draw an object if the class has objects. */
  readonly sizeBytes: DistributionSpec;
  readonly objects: ObjectsSpec | null;
  /** Share of requests that no cache may answer. */
  readonly passRatio: number;
  /** Origin that misses go to; the first one by default. */
  readonly origin?: string;
  readonly ttlNs: number;
}

export interface ObjectsSpec {
  readonly count: number;
  readonly popularity:
    | { readonly law: 'zipf'; readonly alpha: number }
    | { readonly law: 'uniform' };
}

export interface TrafficSpec {
  readonly arrivals: ArrivalSpec;
  readonly dayCurve: DayCurveSpec;
  /** Share of new connections by protocol; sums to 1. */
  readonly protocols: readonly ProtocolSpec[];
  /** Distinct clients a region: the unit that holds a connection and a resolver's answer. */
  readonly clientsPerRegion: number;
  readonly keepAliveNs: number;
  /**
   * null = clients wait for ever. A constant bounds the whole attempt; any other law is patience:
   * how long a client waits for a server slot (Palm 1957).
   */
  readonly timeout: DistributionSpec | null;
  readonly retry: RetrySpec;
  readonly accessBps: number;
  /** Handshake work at the server for a new connection, added to its service time. */
  readonly handshakeServiceNs: number;
}

export type ArrivalSpec =
  | { readonly law: 'poisson'; readonly ratePerSecond: number }
  | { readonly law: 'constant'; readonly ratePerSecond: number }
  | { readonly law: 'trace'; readonly atNs: readonly number[] };

export type DayCurveSpec =
  | { readonly kind: 'flat' }
  /**
   * Rate × (1 + amplitude · cos(2π (localHour − peakHour) / 24)); `hold` freezes every region at
   * its peak hour's UTC instant.
   */
  | {
      readonly kind: 'daily';
      readonly amplitude: number;
      readonly peakHour: number;
      readonly startUtcHour: number;
    }
  | { readonly kind: 'peak'; readonly amplitude: number; readonly peakHour: number };

export interface ProtocolSpec {
  readonly name: 'h1' | 'h2' | 'h3';
  readonly share: number;
  /** Round trips before the request on a new connection. */
  readonly handshakeRoundTrips: number;
}

export type { FailureReason };

export interface RetrySpec {
  readonly on: readonly FailureReason[];
  readonly max: number;
  readonly backoffLowNs: number;
  readonly backoffHighNs: number;
  /** Retries ÷ requests allowed; Infinity without a budget. */
  readonly budgetRatio: number;
}

export interface RoutingSpec {
  readonly strategy: PolicySpec;
  readonly convergence: 'instant' | 'per-hop';
  readonly bgp: BgpSpec;
  readonly dns: DnsSpec;
  /** Prepends per POP name at 0:00. */
  readonly prepends: Readonly<Record<string, number>>;
  readonly announceFrom: 'all' | readonly string[];
  readonly announceVia: readonly ('transit' | 'ixp')[];
}

export interface BgpSpec {
  readonly mraiNs: number;
  readonly holdTimerNs: number;
  readonly bfd: boolean;
  readonly propagationLowNs: number;
  readonly propagationHighNs: number;
}

export interface DnsSpec {
  readonly ttlNs: number;
  readonly clientsIgnoringTtlRatio: number;
  readonly ecsRatio: number;
  readonly remoteResolverRatio: number;
  /** How long until the authority's health check stops answering with a dead POP. */
  readonly failoverNs: number;
}

export interface CacheSpec {
  readonly edge: CacheTierSpec | null;
  readonly shield: (CacheTierSpec & { readonly pops: readonly string[] }) | null;
  readonly staleIfErrorNs: number;
  readonly staleWhileRevalidateNs: number;
}

export interface CacheTierSpec {
  /** Per server; exactly one of the two is finite. */
  readonly capacityBytes: number;
  readonly capacityObjects: number;
  readonly eviction: PolicySpec;
  /**
   * `server`: the server that took the request looks in its own cache; `rendezvous`: the object's
   * owner in the POP does.
   */
  readonly placement: 'server' | 'rendezvous';
  readonly collapseRequests: boolean;
}

export interface RecordSpec {
  /** Width of a time-series bucket; 0 = no timeline. */
  readonly timelineNs: number;
  /** Latency and time-to-first-byte quantiles to report, each in (0, 1), ascending. */
  readonly quantiles: readonly number[];
  /** For `share(latency > LIMIT)` thresholds. */
  readonly latencyLimitsNs: readonly number[];
  /** Figures of entities around named events that a threshold asks for; absent = none. */
  readonly entityWindows?: readonly EntityWindowSpec[];
  /** What replication 0 keeps for the dashboard; absent = nothing. */
  readonly recording?: RecordingSpec;
}

export type WindowedKind = Exclude<EntityRef['kind'], 'world'>;

/** Entities in a part of the story. The world's own figures are always kept, but for health. */
export interface EntityWindowSpec {
  readonly kind: WindowedKind | 'world';
  /** As reports have it (`fra`, `fra/0`, `fra-ams`); null = all of the kind. */
  readonly name: string | null;
  readonly part: 'during' | 'before' | 'after';
  /** Name of the event. */
  readonly event: string;
}

/** Widths of a recording's series; 0 = not recorded. */
export interface RecordingSpec {
  /** Never 0. */
  readonly popsNs: number;
  readonly regionsNs: number;
  readonly linksNs: number;
  readonly serversNs: number;
  /** One request in this many is traced; 0 = none. */
  readonly traceOneIn: number;
}
