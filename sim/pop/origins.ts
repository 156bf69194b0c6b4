import { createBalancer, NO_BACKEND, policies, type Balancer } from '../../balancer/index.ts';
import { createSampler, type Sampler } from '../kernel/distributions.ts';
import { EventKind } from '../kernel/event-kind.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { purposeKey, type RandomStreams, uniformFrom } from '../kernel/random.ts';
import { NONE } from '../requests.ts';
import type { OriginSpec } from '../world.ts';
import { Condition } from './pops.ts';
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
  readonly #firstServer: Int32Array;
  readonly #samplers: readonly Sampler[];
  readonly #kernel: Kernel;
  readonly #streams: RandomStreams;
  readonly #popNames: readonly string[];
  /** One for each POP and origin that ever met; key: pop × origins + origin. */
  readonly #balancers = new Map<number, Balancer>();

  constructor(
    specs: readonly OriginSpec[],
    popNames: readonly string[],
    kernel: Kernel,
    streams: RandomStreams,
  ) {
    this.count = specs.length;
    this.#popNames = popNames;
    this.names = specs.map((spec) => spec.name);
    this.specs = specs;
    this.#kernel = kernel;
    this.#streams = streams;
    this.condition = new Uint8Array(specs.length);
    this.errorRatio = new Float64Array(specs.length);
    this.serviceTimeFactor = new Float64Array(specs.length).fill(1);
    this.inFlightCount = new Int32Array(specs.length);
    this.lossCount = new Int32Array(specs.length);
    this.#samplers = specs.map((spec) => createSampler(spec.serviceTime));
    this.#firstServer = new Int32Array(specs.length + 1);
    specs.forEach((spec, origin) => {
      this.#firstServer[origin + 1] = this.#firstServer[origin]! + spec.serverCount;
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
    return this.#firstServer[origin]!;
  }

  /** Service time of a fetch: a function of its request's seed and the attempt, ns. */
  serviceNs(origin: number, seed: number, attempt: number): number {
    const uniform = uniformFrom(seed, ORIGIN_SERVICE + attempt);
    return this.#samplers[origin]!.quantile(uniform) * this.serviceTimeFactor[origin]!;
  }

  /** Server (over all origin servers) that a POP's balancer chooses; NONE if none is eligible. */
  pick(pop: number, origin: number, keyHash: number, attempt: number): number {
    const backend = this.#balancer(pop, origin).pick(keyHash, attempt);
    return backend === NO_BACKEND ? NONE : this.#firstServer[origin]! + backend;
  }

  started(pop: number, origin: number, server: number): void {
    this.#balancer(pop, origin).start((server - this.#firstServer[origin]!) as never);
  }

  finished(
    pop: number,
    origin: number,
    server: number,
    isFailed: boolean,
    latencyNs: number,
  ): void {
    const outcome = isFailed ? 'server-error' : 'success';
    const backend = (server - this.#firstServer[origin]!) as never;
    this.#balancer(pop, origin).finish(backend, outcome, latencyNs);
  }

  isServing(origin: number): boolean {
    return this.condition[origin] === Condition.Serving;
  }

  #balancer(pop: number, origin: number): Balancer {
    const key = pop * this.count + origin;
    const present = this.#balancers.get(key);
    if (present !== undefined) return present;
    const spec = this.specs[origin]!;
    const definition = policies.find(({ name }) => name === spec.policy.name);
    if (definition === undefined) throw new Error(`no policy ${spec.policy.name}`);
    const stream = this.#streams.stream('origin-policy', `${this.#popNames[pop]}/${spec.name}`);
    const balancer = createBalancer({
      policy: definition.create(spec.policy.options, { random: () => stream.uniform() }),
      clock: this.#kernel,
    });
    for (let server = 0; server < spec.serverCount; server++) {
      balancer.add({ id: `${spec.name}/${server}` });
    }
    this.#balancers.set(key, balancer);
    return balancer;
  }
}
