import { createSampler } from '../../sim/kernel/distributions.ts';
import { mix32 } from '../../sim/kernel/mix.ts';
import type { RandomStreams } from '../../sim/kernel/random.ts';
import type { ArrivalProcessSpec } from '../../sim/traffic/arrivals.ts';
import type { ObjectCatalogue } from '../../sim/traffic/object-catalogue.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { type Agenda, Moment, type Process } from './processes.ts';
import type { SlowRequest } from './slow-request.ts';

/** One Poisson source of requests; a change of rate begins its present gap anew. */
export class SlowArrivals {
  readonly process: ArrivalProcessSpec;
  readonly #world: WorldSpec;
  readonly #agenda: Agenda;
  #factor = 1;
  #rateChanged = new Moment();

  constructor(process: ArrivalProcessSpec, world: WorldSpec, agenda: Agenda) {
    this.process = process;
    this.#world = world;
    this.#agenda = agenda;
  }

  setFactor(factor: number): void {
    this.#factor = factor;
    const changed = this.#rateChanged;
    this.#rateChanged = new Moment();
    changed.happen();
  }

  *run(
    streams: RandomStreams,
    catalogue: ObjectCatalogue,
    send: (request: SlowRequest) => void,
  ): Process {
    const { arrivals } = this.#world.traffic;
    if (arrivals.law !== 'poisson') throw new Error('the slow simulator knows Poisson traffic');
    const gaps = streams.stream('arrivals', this.process.name);
    const draw = this.#drawer(streams, catalogue);
    for (;;) {
      const rate = arrivals.ratePerSecond * this.process.share * this.#factor;
      const gapNs = Math.round(gaps.exponential(1e9 / rate));
      const next = new Moment<'arrival' | 'rate changed'>();
      const cancel = this.#agenda.at(this.#agenda.nowNs + gapNs, () => next.happen('arrival'));
      this.#rateChanged.listen(() => next.happen('rate changed'));
      const what = (yield next) as 'arrival' | 'rate changed';
      if (what === 'arrival') send(draw());
      else cancel();
    }
  }

  /** Who asks for what: each kind of draw from a stream of its own, in order of arrival. */
  #drawer(streams: RandomStreams, catalogue: ObjectCatalogue): () => SlowRequest {
    const { name, region, classIndex, pop } = this.process;
    const [object, service, size, seeds] = ['object', 'service', 'size', 'request'].map((purpose) =>
      streams.stream(purpose, name),
    );
    const spec = this.#world.classes[classIndex]!;
    const serviceTime = createSampler(spec.serviceTime);
    const sizeBytes = createSampler(spec.sizeBytes);
    const { clientsPerRegion } = this.#world.traffic;
    return () => {
      const seed = seeds!.uint32();
      const asked = spec.objects === null ? -1 : catalogue.pick(classIndex, object!.uniform());
      const client = Math.floor(((mix32(seed) >>> 0) / 2 ** 32) * clientsPerRegion);
      const hashesObject = asked >= 0 && this.#world.balancer.hashKey === 'object';
      return {
        region,
        classIndex,
        client,
        object: asked,
        keyHash: mix32(hashesObject ? asked : client) >>> 0,
        seed,
        serviceNs: serviceTime.sample(service!),
        sizeBytes:
          asked >= 0 ? catalogue.sizeBytes(classIndex, asked) : Math.round(sizeBytes.sample(size!)),
        arrivedNs: this.#agenda.nowNs,
        attempt: 0,
        pop,
        server: -1,
        prefix: -1,
        rttNs: 0,
        queueWaitNs: 0,
        ttfbNs: null,
        cacheResult: 'none',
        isNewConnection: false,
        outcome: null,
        endNs: Infinity,
      };
    };
  }
}
