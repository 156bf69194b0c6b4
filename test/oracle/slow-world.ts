import { createBalancer, policies, type Balancer } from '../../balancer/index.ts';
import { createSampler, type Sampler } from '../../sim/kernel/distributions.ts';
import type { RandomStreams } from '../../sim/kernel/random.ts';
import type { CacheTierSpec, OriginSpec, PolicySpec, PopSpec, WorldSpec } from '../../sim/world.ts';
import { LruByMap } from './lru.ts';
import type { Agenda } from './processes.ts';
import { FifoStation, SharingStation, type Station } from './stations.ts';

/** How what reaches a POP, server or origin is treated. */
export type Condition = 'serving' | 'dark' | 'refusing' | 'erring';

export type TierName = 'edge' | 'shield';

/** One server's caches of one tier, and what it is fetching that others may wait for. */
export interface SlowCache {
  readonly spec: CacheTierSpec;
  readonly copies: LruByMap;
  readonly fetching: Map<number, SlowFetch>;
}

/** A cache asking for what it has not; those who wait for it are woken in the order they came. */
export interface SlowFetch {
  readonly tier: TierName;
  readonly server: SlowServer;
  readonly object: number;
  readonly classIndex: number;
  readonly sizeBytes: number;
  readonly keyHash: number;
  readonly seed: number;
  readonly isPass: boolean;
  readonly startedNs: number;
  waiters: ((hasFailed: boolean) => void)[];
  /** The cache that asked has lost its memory. */
  isForsaken: boolean;
  /** At the shield: which server took it, whose fetch it waits for, how to make it give up. */
  stay: {
    readonly server: SlowServer;
    readonly awaited: SlowFetch;
    readonly giveUp: () => void;
  } | null;
}

export interface SlowServer {
  /** Over all servers of the world. */
  readonly index: number;
  readonly pop: SlowPop;
  readonly station: Station;
  readonly caches: Readonly<Record<TierName, SlowCache | null>>;
  condition: Condition;
  errorRatio: number;
  probeLossRatio: number;
}

export interface SlowPop {
  readonly index: number;
  readonly spec: PopSpec;
  readonly servers: SlowServer[];
  readonly balancers: readonly Balancer[];
  readonly serviceTime: Sampler | null;
  /** Its answers close connections. */
  isDraining: boolean;
  /** At its egress. */
  lossRatio: number;
  condition: Condition;
}

export interface SlowOrigin {
  readonly index: number;
  readonly spec: OriginSpec;
  readonly serviceTime: Sampler;
  readonly stations: readonly Station[];
  /** By POP index, made when a POP first asks. */
  readonly balancers: Map<number, Balancer>;
  condition: Condition;
  errorRatio: number;
  serviceTimeFactor: number;
  inFlightCount: number;
  /** How often it lost all that was inside. */
  lossCount: number;
}

export function slowPops(world: WorldSpec, agenda: Agenda, streams: RandomStreams): SlowPop[] {
  let index = 0;
  return world.pops.map((spec, popIndex) => {
    const balancers = Array.from({ length: spec.balancerCount }, (_, instance) => {
      const balancer = balancerOf(
        world.balancer.policy,
        agenda,
        streams,
        'policy',
        `${spec.name}/${instance}`,
        world.balancer.panicThreshold ?? 0,
      );
      for (const { name, weight } of spec.servers) {
        balancer.add({ id: `${spec.name}/${name}`, weight });
      }
      return balancer;
    });
    const pop: SlowPop = {
      index: popIndex,
      spec,
      servers: [],
      balancers,
      serviceTime: spec.serviceTime === undefined ? null : createSampler(spec.serviceTime),
      isDraining: false,
      lossRatio: 0,
      condition: 'serving',
    };
    for (const { concurrency, speed } of spec.servers) {
      const options = { concurrency, speed, queueLimit: spec.queueLimit };
      const isShield = world.cache?.shield?.pops.includes(spec.name) ?? false;
      pop.servers.push({
        index: index++,
        pop,
        station:
          spec.discipline === 'ps'
            ? new SharingStation(agenda, options)
            : new FifoStation(agenda, options),
        caches: {
          edge: slowCache(world.cache?.edge ?? null),
          shield: isShield ? slowCache(world.cache?.shield ?? null) : null,
        },
        condition: 'serving',
        errorRatio: 0,
        probeLossRatio: 0,
      });
    }
    return pop;
  });
}

export function slowOrigins(world: WorldSpec, agenda: Agenda): SlowOrigin[] {
  return world.origins.map((spec, index) => ({
    index,
    spec,
    serviceTime: createSampler(spec.serviceTime),
    stations: Array.from({ length: spec.serverCount }, () => {
      const { concurrency, queueLimit } = spec;
      return new FifoStation(agenda, { concurrency, queueLimit, speed: 1 });
    }),
    balancers: new Map(),
    condition: 'serving',
    errorRatio: 0,
    serviceTimeFactor: 1,
    inFlightCount: 0,
    lossCount: 0,
  }));
}

/** The balancer through which a POP reaches an origin's servers. */
export function originBalancer(
  origin: SlowOrigin,
  pop: SlowPop,
  agenda: Agenda,
  streams: RandomStreams,
): Balancer {
  const present = origin.balancers.get(pop.index);
  if (present !== undefined) return present;
  const entity = `${pop.spec.name}/${origin.spec.name}`;
  const balancer = balancerOf(origin.spec.policy, agenda, streams, 'origin-policy', entity, 0);
  origin.stations.forEach((_station, server) => {
    balancer.add({ id: `${origin.spec.name}/${server}` });
  });
  origin.balancers.set(pop.index, balancer);
  return balancer;
}

function slowCache(spec: CacheTierSpec | null): SlowCache | null {
  if (spec === null) return null;
  const copies = new LruByMap(spec.capacityBytes, spec.capacityObjects);
  return { spec, copies, fetching: new Map() };
}

function balancerOf(
  policy: PolicySpec,
  agenda: Agenda,
  streams: RandomStreams,
  purpose: string,
  entity: string | number,
  panic: number,
): Balancer {
  const stream = streams.stream(purpose, entity);
  const definition = policies.find(({ name }) => name === policy.name)!;
  const random = () => stream.uniform();
  return createBalancer({
    policy: definition.create(policy.options, { random }),
    clock: agenda,
    panicThreshold: panic,
  });
}
