import {
  type Balancer,
  createBalancer,
  NO_BACKEND,
  ObservedBalancer,
  type Outcome,
  policies,
} from '../../balancer/index.ts';
import { createSampler, type Sampler } from '../kernel/distributions.ts';
import { EventKind } from '../kernel/event-kind.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { purposeKey, type RandomStreams, uniformFrom } from '../kernel/random.ts';
import { NONE } from '../requests.ts';
import type { OriginSpec } from '../world.ts';
import { Condition, type Pops } from './pops.ts';
import { Stations } from './stations.ts';

const ORIGIN_SERVICE = purposeKey('origin-service');

/**
 * The table of origins: where they stand, how they answer, and the balancer through which each POP
 * reaches each origin's servers. An origin without servers answers after its service time, any
 * number of fetches at once.
 */
export class Origins {
  readonly count: number;
  readonly names: readonly string[];
  readonly specs: readonly OriginSpec[];
  readonly stations: Stations;
  readonly condition: Uint8Array;
  readonly errorRatio: Float64Array;
  readonly serviceTimeFactor: Float64Array;
  /** How often each has lost all that was inside. */
  readonly lossCount: Int32Array;
  /** Fetches at the origin or on their way to it. */
  readonly inFlightCount: Int32Array;
  private readonly firstServerByOrigin: Int32Array;
  private readonly samplers: readonly Sampler[];
  private readonly kernel: Kernel;
  private readonly streams: RandomStreams;
  private readonly pops: Pops;
  /** One for each observer and origin that ever met; key: observer × origins + origin. */
  readonly #balancers = new Map<number, Balancer>();

  constructor(specs: readonly OriginSpec[], pops: Pops, kernel: Kernel, streams: RandomStreams) {
    this.count = specs.length;
    this.pops = pops;
    this.names = specs.map((spec) => spec.name);
    this.specs = specs;
    this.kernel = kernel;
    this.streams = streams;
    this.condition = new Uint8Array(specs.length);
    this.errorRatio = new Float64Array(specs.length);
    this.serviceTimeFactor = new Float64Array(specs.length).fill(1);
    this.inFlightCount = new Int32Array(specs.length);
    this.lossCount = new Int32Array(specs.length);
    this.samplers = specs.map((spec) => createSampler(spec.serviceTime));
    this.firstServerByOrigin = new Int32Array(specs.length + 1);
    specs.forEach((spec, origin) => {
      this.firstServerByOrigin[origin + 1] = this.firstServerByOrigin[origin]! + spec.serverCount;
    });
    const stationSpecs = specs.flatMap((spec) =>
      Array.from({ length: spec.serverCount }, () => ({
        concurrency: spec.concurrency,
        speed: 1,
        queueLimit: spec.queueLimit,
        discipline: 'fifo' as const,
      })),
    );
    this.stations = new Stations(stationSpecs, kernel, EventKind.OriginServiceEnded);
  }

  hasServers(origin: number): boolean {
    return this.specs[origin]!.serverCount > 0;
  }

  /** Index over all origin servers of the origin's first. */
  firstServer(origin: number): number {
    return this.firstServerByOrigin[origin]!;
  }

  /** Service time of a fetch: a function of its request's seed and the attempt, ns. */
  serviceNs(origin: number, seed: number, attempt: number): number {
    const uniform = uniformFrom(seed, ORIGIN_SERVICE + attempt);
    return this.samplers[origin]!.quantile(uniform) * this.serviceTimeFactor[origin]!;
  }

  /**
   * Who decides for the cache of a server which of the origin's servers it asks: its POP as a
   * whole, or, where health is watched, one of the POP's balancers or the server itself.
   */
  observerOf(origin: number, pop: number, server: number): number {
    const per = this.specs[origin]!.observers?.per ?? 'pop';
    if (per === 'pop') return pop;
    if (per === 'server') return server;
    const { first, end } = this.pops.balancersOf(pop);
    return first + ((server - this.pops.firstServer(pop)) % (end - first));
  }

  /** All who watch an origin: their POPs, in order. */
  observerPops(origin: number): readonly number[] {
    const per = this.specs[origin]!.observers?.per ?? 'pop';
    if (per === 'pop') return this.pops.names.map((_, pop) => pop);
    if (per === 'server') return this.pops.serverNames.map((_, server) => this.pops.popOf(server));
    return this.pops.balancers.map((_, balancer) => this.pops.popOfBalancer(balancer));
  }

  /** Server (over all origin servers) that an observer chooses; NONE if none is eligible. */
  pick(observer: number, origin: number, keyHash: number, attempt: number): number {
    const backend = this.balancer(observer, origin).pick(keyHash, attempt);
    return backend === NO_BACKEND ? NONE : this.firstServerByOrigin[origin]! + backend;
  }

  started(observer: number, origin: number, server: number): void {
    this.balancer(observer, origin).start((server - this.firstServerByOrigin[origin]!) as never);
  }

  finished(
    observer: number,
    origin: number,
    server: number,
    outcome: Outcome,
    latencyNs: number,
  ): void {
    const backend = (server - this.firstServerByOrigin[origin]!) as never;
    this.balancer(observer, origin).finish(backend, outcome, latencyNs);
  }

  isServing(origin: number): boolean {
    return this.condition[origin] === Condition.Serving;
  }

  balancer(observer: number, origin: number): Balancer {
    const key = observer * this.count + origin;
    const present = this.#balancers.get(key);
    if (present !== undefined) return present;
    const spec = this.specs[origin]!;
    const definition = policies.find(({ name }) => name === spec.policy.name);
    if (definition === undefined) throw new Error(`no policy ${spec.policy.name}`);
    const entity = `${this.#observerName(spec, observer)}/${spec.name}`;
    const stream = this.streams.stream('origin-policy', entity);
    const plain = createBalancer({
      policy: definition.create(spec.policy.options, { random: () => stream.uniform() }),
      clock: this.kernel,
    });
    const { observers } = spec;
    const balancer = observers === undefined ? plain : new ObservedBalancer(plain);
    for (let server = 0; server < spec.serverCount; server++) {
      balancer.add({ id: `${spec.name}/${server}` });
    }
    this.#balancers.set(key, balancer);
    return balancer;
  }

  #observerName({ observers }: OriginSpec, observer: number): string {
    if (observers?.per === 'server') return this.pops.serverNames[observer]!;
    if (observers?.per !== 'balancer') return this.pops.names[observer]!;
    const pop = this.pops.popOfBalancer(observer);
    return `${this.pops.names[pop]!}/${observer - this.pops.balancersOf(pop).first}`;
  }
}
