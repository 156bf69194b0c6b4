import type { BackendIndex, Prober, ProbeOutcome } from '../../../balancer/index.ts';
import { createSampler, type Sampler } from '../../kernel/distributions.ts';
import type { Stream } from '../../kernel/random.ts';
import type { Tables } from '../../tables.ts';
import type { HealthSpec } from '../../world.ts';
import { Condition } from '../pops.ts';

type ProbeTables = Pick<
  Tables,
  'pops' | 'origins' | 'backbone' | 'probeVisits' | 'kernel' | 'observers'
>;

/**
 * Probes of an origin's servers from one POP, over the way that its fetches take: an origin that is
 * dark does not answer, one that refuses or errs fails; with `probeWork` a probe queues at the
 * server as a fetch does.
 */
export class OriginProber implements Prober {
  private readonly tables: ProbeTables;
  private readonly origin: number;
  private readonly pop: number;
  private readonly nearPop: number;
  private readonly work: Sampler | null;
  private readonly workDraws: Stream;
  private readonly timeoutNs: number;

  constructor(
    tables: ProbeTables,
    place: { readonly origin: number; readonly pop: number },
    { probeWork, timeoutNs }: Pick<HealthSpec, 'probeWork' | 'timeoutNs'>,
    workDraws: Stream,
  ) {
    const { near } = tables.origins.specs[place.origin]!;
    this.tables = tables;
    this.origin = place.origin;
    this.pop = place.pop;
    this.nearPop = near === null ? place.pop : tables.pops.names.indexOf(near);
    this.work = probeWork === undefined ? null : createSampler(probeWork);
    this.workDraws = workDraws;
    this.timeoutNs = timeoutNs;
  }

  probe(backend: BackendIndex, done: (outcome: ProbeOutcome) => void): void {
    const { pops, kernel, observers } = this.tables;
    // A POP without power probes nobody; its view is as it was when it comes back.
    if (pops.condition[this.pop] === Condition.Dark) return;
    observers.originProbed(this.origin, this.pop, kernel.nowNs);
    kernel.after(this.#oneWayNs(), () => this.#arrive(backend, done));
  }

  #arrive(backend: BackendIndex, done: (outcome: ProbeOutcome) => void): void {
    const { origins, probeVisits, kernel } = this.tables;
    const answer = (outcome: ProbeOutcome) => kernel.after(this.#oneWayNs(), () => done(outcome));
    const condition = origins.condition[this.origin];
    if (condition === Condition.Dark) return;
    if (condition !== Condition.Serving) {
      answer(condition === Condition.Erring ? 'wrong-answer' : 'fail');
      return;
    }
    if (this.work === null) {
      answer('pass');
      return;
    }
    const workNs = this.work.sample(this.workDraws);
    const isIn = probeVisits.submit(
      origins.stations,
      origins.firstServer(this.origin) + backend,
      { workNs, timeoutNs: this.timeoutNs },
      { served: () => answer('pass'), reset: () => answer('fail') },
    );
    if (!isIn) answer('wrong-answer');
  }

  #oneWayNs(): number {
    const { origins, backbone, kernel } = this.tables;
    const backboneNs = backbone.delayNs(this.pop, this.nearPop, 0, kernel.nowNs);
    return Math.round(backboneNs + origins.specs[this.origin]!.latencyNs / 2);
  }
}
