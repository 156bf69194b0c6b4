import { createSampler, type Sampler } from '../kernel/distributions.ts';
import { mix32 } from '../kernel/mix.ts';
import type { RandomStreams, Stream } from '../kernel/random.ts';
import { whole } from '../kernel/whole.ts';
import { NONE, type RequestIndex, type Requests } from '../requests.ts';
import type { WorldSpec } from '../world.ts';
import type { ArrivalProcessSpec } from './arrivals.ts';
import type { ObjectCatalogue } from './object-catalogue.ts';

/** What one arrival process draws from; one stream a purpose, so that draws never shift. */
interface ProcessStreams {
  readonly classes: Stream;
  readonly object: Stream;
  readonly service: Stream;
  readonly size: Stream;
  readonly seed: Stream;
}

/**
 * Turns an arrival into a request: who asks, for what, how much work and how many bytes it is. All
 * of it is drawn in order of arrival, so every strategy meets the same requests (common random
 * numbers).
 */
export class RequestSource {
  private readonly requests: Requests;
  private readonly catalogue: ObjectCatalogue;
  /** Of each process. */
  private readonly region: Int32Array;
  private readonly classIndex: Int32Array;
  private readonly streams: readonly ProcessStreams[];
  private readonly serviceSamplers: readonly Sampler[];
  private readonly sizeSamplers: readonly Sampler[];
  private readonly classShares: readonly number[];
  private cumulativeShares: readonly number[];
  private readonly clientsPerRegion: number;
  private readonly hashesClient: boolean;

  constructor(
    world: WorldSpec,
    processes: readonly ArrivalProcessSpec[],
    requests: Requests,
    catalogue: ObjectCatalogue,
    streams: RandomStreams,
  ) {
    this.requests = requests;
    this.catalogue = catalogue;
    this.region = Int32Array.from(processes, ({ region }) => region);
    this.classIndex = Int32Array.from(processes, ({ classIndex }) => classIndex);
    this.streams = processes.map(({ name }) => ({
      classes: streams.stream('class', name),
      object: streams.stream('object', name),
      service: streams.stream('service', name),
      size: streams.stream('size', name),
      seed: streams.stream('request', name),
    }));
    this.serviceSamplers = world.classes.map((spec) => createSampler(spec.serviceTime));
    this.sizeSamplers = world.classes.map((spec) => createSampler(spec.sizeBytes));
    this.classShares = world.classes.map(({ share }) => share);
    this.cumulativeShares = cumulative(this.classShares);
    this.clientsPerRegion = world.traffic.clientsPerRegion;
    this.hashesClient = world.balancer.hashKey === 'client';
  }

  /** From now on each class has this many times its usual weight where requests draw theirs. */
  setClassFactors(factors: readonly number[]): void {
    const weights = this.classShares.map((share, index) => share * factors[index]!);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total > 0) this.cumulativeShares = cumulative(weights.map((weight) => weight / total));
  }

  create(process: number, nowNs: number): RequestIndex {
    const requests = this.requests;
    const catalogue = this.catalogue;
    const streams = this.streams[process]!;
    const request = requests.acquire();
    const ownClass = this.classIndex[process]!;
    const classIndex = ownClass === NONE ? this.#drawClass(streams.classes.uniform()) : ownClass;
    const seed = streams.seed.uint32();
    const hasObjects = catalogue.hasObjects(classIndex);
    const object = hasObjects ? catalogue.pick(classIndex, streams.object.uniform()) : NONE;
    const client = this.#clientOf(seed);
    requests.region[request] = this.region[process]!;
    requests.classIndex[request] = classIndex;
    requests.client[request] = client;
    requests.object[request] = object;
    requests.seed[request] = seed;
    requests.keyHash[request] = hasObjects && !this.hashesClient ? mix32(object) : mix32(client);
    requests.serviceNs[request] = this.serviceSamplers[classIndex]!.sample(streams.service);
    requests.sizeBytes[request] = hasObjects
      ? catalogue.sizeBytes(classIndex, object)
      : whole(this.sizeSamplers[classIndex]!.sample(streams.size));
    requests.arrivedNs[request] = nowNs;
    requests.rttNs[request] = 0;
    requests.bestRttNs[request] = 0;
    return request;
  }

  /** The work of the next requests of a process that has a class of its own, ns at speed 1. */
  drawWork(process: number, workNs: Float64Array): void {
    const sampler = this.serviceSamplers[this.classIndex[process]!]!;
    sampler.fill(this.streams[process]!.service, workNs);
  }

  /** Who sends the next requests of a process: clients within their region. */
  drawClients(process: number, clients: Int32Array): void {
    const { seed } = this.streams[process]!;
    for (let i = 0; i < clients.length; i++) clients[i] = this.#clientOf(seed.uint32());
  }

  #clientOf(seed: number): number {
    return Math.floor((mix32(seed) >>> 0) * TWO_TO_MINUS_32 * this.clientsPerRegion);
  }

  #drawClass(uniform: number): number {
    const shares = this.cumulativeShares;
    let classIndex = 0;
    while (classIndex < shares.length - 1 && uniform >= shares[classIndex]!) classIndex++;
    return classIndex;
  }
}

function cumulative(shares: readonly number[]): readonly number[] {
  let sum = 0;
  return shares.map((share) => (sum += share));
}

const TWO_TO_MINUS_32 = 2 ** -32;
