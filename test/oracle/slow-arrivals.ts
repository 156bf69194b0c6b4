import { createSampler } from '../../sim/kernel/distributions.ts';
import { cos } from '../../sim/kernel/math.ts';
import { mix32 } from '../../sim/kernel/mix.ts';
import type { RandomStreams } from '../../sim/kernel/random.ts';
import type { ArrivalProcessSpec } from '../../sim/traffic/arrivals.ts';
import type { ObjectCatalogue } from '../../sim/traffic/object-catalogue.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { type Agenda, Moment, type Process } from './processes.ts';
import type { SlowRequest } from './slow-request.ts';

/** The day curve is a staircase of whole minutes. */
const STEP_NS = 60e9;
const NS_PER_HOUR = 3600e9;
const PURPOSES = ['class', 'object', 'service', 'size', 'request'] as const;

/** Of each arrival of a trace, the source that sends it: drawn by their shares. */
export function sourcesOfTrace(
  world: WorldSpec,
  processes: readonly ArrivalProcessSpec[],
  streams: RandomStreams,
): readonly number[] {
  const { arrivals } = world.traffic;
  if (arrivals.law !== 'trace') return [];
  if (processes.length === 1) return arrivals.atNs.map(() => 0);
  const stream = streams.stream('trace', 0);
  const total = processes.reduce((sum, { share }) => sum + share, 0);
  return arrivals.atNs.map(() => {
    let left = stream.uniform() * total;
    const chosen = processes.findIndex(({ share }) => {
      if (left < share) return true;
      left -= share;
      return false;
    });
    return chosen < 0 ? processes.length - 1 : chosen;
  });
}

/** One source of requests, by any law; a change of rate begins its present gap anew. */
export class SlowArrivals {
  readonly process: ArrivalProcessSpec;
  readonly #world: WorldSpec;
  readonly #agenda: Agenda;
  readonly #number: number;
  readonly #sourceCount: number;
  readonly #sourceOfArrival: readonly number[];
  #factor = 1;
  #classFactors: readonly number[];
  #totalRate: number;
  #rateChanged = new Moment();

  constructor(
    number: number,
    processes: readonly ArrivalProcessSpec[],
    world: WorldSpec,
    agenda: Agenda,
    sourceOfArrival: readonly number[],
  ) {
    const { arrivals } = world.traffic;
    this.process = processes[number]!;
    this.#number = number;
    this.#sourceCount = processes.length;
    this.#sourceOfArrival = sourceOfArrival;
    this.#world = world;
    this.#agenda = agenda;
    this.#classFactors = world.classes.map(() => 1);
    this.#totalRate = arrivals.law === 'trace' ? NaN : arrivals.ratePerSecond;
  }

  /** @param classFactors by class, for sources whose requests draw their class */
  setFactors(factor: number, classFactors: readonly number[]): void {
    this.#factor = factor;
    this.#classFactors = classFactors;
    this.#changeRate();
  }

  setTotalRate(ratePerSecond: number): void {
    this.#totalRate = ratePerSecond;
    this.#changeRate();
  }

  *run(
    streams: RandomStreams,
    catalogue: ObjectCatalogue,
    send: (request: SlowRequest) => void,
  ): Process {
    const draw = this.#drawer(streams, catalogue);
    const { law } = this.#world.traffic.arrivals;
    const sendOne = () => send(draw());
    if (law === 'trace') yield* this.#runTrace(sendOne);
    else if (law === 'constant') yield* this.#runConstant(sendOne);
    else yield* this.#runPoisson(streams, sendOne);
  }

  *#runPoisson(streams: RandomStreams, send: () => void): Process {
    const gaps = streams.stream('arrivals', this.process.name);
    for (;;) {
      const rate = this.#rate();
      const gapNs = rate > 0 ? Math.round(gaps.exponential(1e9 / rate)) : Infinity;
      if ((yield this.#until(this.#agenda.nowNs + gapNs)) === 'arrival') send();
    }
  }

  /** `due` is the part of the next arrival that is due already when the rate changes. */
  *#runConstant(send: () => void): Process {
    let due = 1 - (this.#number + 1) / this.#sourceCount;
    for (;;) {
      const fromNs = this.#agenda.nowNs;
      const rate = this.#rate();
      for (let sent = 0; ; sent++) {
        const afterNs = rate > 0 ? Math.round(((sent + 1 - due) * 1e9) / rate) : Infinity;
        if ((yield this.#until(fromNs + afterNs)) === 'arrival') {
          send();
          continue;
        }
        const elapsedNs = this.#agenda.nowNs - fromNs;
        due = Math.min(Math.max((elapsedNs * rate) / 1e9 + due - sent, 0), 1);
        break;
      }
    }
  }

  *#runTrace(send: () => void): Process {
    const { arrivals } = this.#world.traffic;
    const instants = arrivals.law === 'trace' ? arrivals.atNs : [];
    for (const [index, atNs] of instants.entries()) {
      if (this.#sourceOfArrival[index] !== this.#number) continue;
      yield this.#agenda.wait(atNs - this.#agenda.nowNs);
      send();
    }
  }

  /** The instant comes, or the rate changes first: by an event or by the day curve. */
  #until(atNs: number): Moment<'arrival' | 'rate changed'> {
    const { nowNs } = this.#agenda;
    const next = new Moment<'arrival' | 'rate changed'>();
    const stepNs = (Math.floor(nowNs / STEP_NS) + 1) * STEP_NS;
    const steps = this.#world.traffic.dayCurve.kind === 'daily' && atNs >= stepNs;
    const what = steps ? 'rate changed' : 'arrival';
    const untilNs = steps ? stepNs : atNs;
    const cancel =
      untilNs < Infinity ? this.#agenda.at(untilNs, () => next.happen(what)) : () => {};
    this.#rateChanged.listen(() => {
      cancel();
      next.happen('rate changed');
    });
    return next;
  }

  #changeRate(): void {
    const changed = this.#rateChanged;
    this.#rateChanged = new Moment();
    changed.happen();
  }

  #rate(): number {
    const { classes, traffic } = this.#world;
    const { share, classIndex } = this.process;
    const ofClasses =
      classIndex >= 0
        ? 1
        : classes.reduce((sum, spec, index) => sum + spec.share * this.#classFactors[index]!, 0);
    const surge = this.#factor * ofClasses;
    return this.#totalRate * share * this.#dayFactor(traffic.dayCurve) * surge;
  }

  #dayFactor(curve: WorldSpec['traffic']['dayCurve']): number {
    if (curve.kind === 'flat') return 1;
    if (curve.kind === 'peak') return 1 + curve.amplitude;
    const hour =
      curve.startUtcHour + this.#agenda.nowNs / NS_PER_HOUR + this.process.utcOffsetHours;
    return 1 + curve.amplitude * cos((2 * Math.PI * (hour - curve.peakHour)) / 24);
  }

  /** Of its class; or drawn, a class with the weight that surges give it. */
  #classOf(uniform: () => number): number {
    if (this.process.classIndex >= 0) return this.process.classIndex;
    const weights = this.#world.classes.map(({ share }, i) => share * this.#classFactors[i]!);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const isUsual = this.#classFactors.every((factor) => factor === 1);
    const drawn = uniform();
    let sum = 0;
    const chosen = weights.findIndex(
      (weight) => drawn < (sum += isUsual ? weight : weight / total),
    );
    return chosen < 0 ? weights.length - 1 : chosen;
  }

  /** Who asks for what: each kind of draw from a stream of its own, in order of arrival. */
  #drawer(streams: RandomStreams, catalogue: ObjectCatalogue): () => SlowRequest {
    const { name, region, pop } = this.process;
    const [drawnClass, object, service, size, seeds] = PURPOSES.map((purpose) =>
      streams.stream(purpose, name),
    );
    const { classes } = this.#world;
    const serviceTimes = classes.map((spec) => createSampler(spec.serviceTime));
    const sizes = classes.map((spec) => createSampler(spec.sizeBytes));
    const { clientsPerRegion } = this.#world.traffic;
    return () => {
      const classIndex = this.#classOf(() => drawnClass!.uniform());
      const spec = classes[classIndex]!;
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
        serviceNs: serviceTimes[classIndex]!.sample(service!),
        sizeBytes:
          asked >= 0
            ? catalogue.sizeBytes(classIndex, asked)
            : Math.round(sizes[classIndex]!.sample(size!)),
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
