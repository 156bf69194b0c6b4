import { NO_BACKEND } from '../../balancer/index.ts';
import { purposeKey, uniformFrom } from '../../sim/kernel/random.ts';
import type { RandomStreams } from '../../sim/kernel/random.ts';
import { transferNs } from '../../sim/network/transport.ts';
import type { Backbone } from '../../sim/network/backbone.ts';
import { type Agenda, Moment, type Process } from './processes.ts';
import { originBalancer, type SlowFetch, type SlowOrigin, type SlowPop } from './slow-world.ts';
import type { Job, Station } from './stations.ts';

const SERVICE = purposeKey('origin-service');
const ERROR = purposeKey('origin-error');
const TCP_GIVE_UP_NS = 127e9;

interface Surroundings {
  readonly agenda: Agenda;
  readonly streams: RandomStreams;
  readonly backbone: Backbone;
  readonly pops: readonly SlowPop[];
}

/** Asks the origin, as often as it may; returns, back at the cache, whether it failed. */
export function* askOrigin(
  around: Surroundings,
  origin: SlowOrigin,
  fetch: SlowFetch,
): Process<boolean> {
  const { agenda } = around;
  for (let attempt = 0; ; attempt++) {
    origin.inFlightCount++;
    const visit = new OriginVisit(around, origin, fetch, attempt);
    const end = (yield visit.end) as 'answer' | 'error' | 'timeout';
    origin.inFlightCount--;
    visit.leave(end !== 'answer');
    if (end !== 'answer' && attempt < origin.spec.retryMax && !fetch.isForsaken) continue;
    const backNs = end === 'timeout' ? 0 : visit.travelNs(end === 'error' ? 0 : fetch.sizeBytes);
    yield agenda.wait(Math.round(backNs));
    return end !== 'answer';
  }
}

/** One attempt: its end is the first of an answer and the timeout. */
class OriginVisit {
  readonly end = new Moment<'answer' | 'error' | 'timeout'>();
  readonly #around: Surroundings;
  readonly #origin: SlowOrigin;
  readonly #fetch: SlowFetch;
  readonly #attempt: number;
  readonly #startedNs: number;
  #station: Station | null = null;
  #job: Job | null = null;

  constructor(around: Surroundings, origin: SlowOrigin, fetch: SlowFetch, attempt: number) {
    this.#around = around;
    this.#origin = origin;
    this.#fetch = fetch;
    this.#attempt = attempt;
    const { agenda } = around;
    this.#startedNs = agenda.nowNs;
    const { timeoutNs } = origin.spec;
    if (timeoutNs < Infinity) {
      agenda.at(agenda.nowNs + timeoutNs, () => this.end.happen('timeout'));
    }
    agenda.start(this.#story());
  }

  /** One way, with the transfer of `bytes` towards the cache. */
  travelNs(bytes: number): number {
    const { backbone, agenda, pops } = this.#around;
    const pop = this.#fetch.server.pop.index;
    const { near, latencyNs } = this.#origin.spec;
    const origin = near === null ? pop : pops.findIndex(({ spec }) => spec.name === near);
    if (bytes === 0) return backbone.delayNs(pop, origin, 0, agenda.nowNs) + latencyNs / 2;
    const oneWayNs = backbone.delayNs(origin, pop, bytes, agenda.nowNs) + latencyNs / 2;
    return transferNs(bytes, oneWayNs * 2, backbone.rateBps(origin, pop, agenda.nowNs));
  }

  /** The attempt is over: work that still waits goes, and the balancer hears of it. */
  leave(hasFailed: boolean): void {
    if (this.#station === null) return;
    if (this.#job !== null) this.#station.abandon(this.#job);
    const server = this.#origin.stations.indexOf(this.#station);
    const latencyNs = this.#around.agenda.nowNs - this.#startedNs;
    this.#balancer().finish(server as never, hasFailed ? 'server-error' : 'success', latencyNs);
  }

  *#story(): Process {
    const { agenda } = this.#around;
    const origin = this.#origin;
    const { seed, keyHash } = this.#fetch;
    yield agenda.wait(Math.round(this.travelNs(0)));
    if (this.end.hasHappened) return;
    if (origin.condition === 'dark') {
      const connectEndNs = this.#startedNs + origin.spec.connectTimeoutNs;
      agenda.at(Math.max(connectEndNs, agenda.nowNs), () => this.end.happen('timeout'));
      return;
    }
    const { lossCount } = origin;
    const isFull = origin.inFlightCount > origin.spec.connectionsMax;
    if (origin.condition !== 'serving' || isFull) return this.end.happen('error');
    const uniform = uniformFrom(seed, SERVICE + this.#attempt);
    const workNs = Math.round(origin.serviceTime.quantile(uniform) * origin.serviceTimeFactor);
    if (origin.stations.length === 0) {
      yield agenda.wait(workNs);
      if (origin.lossCount !== lossCount) return this.#waitInVain();
    } else {
      const server = this.#balancer().pick(keyHash, this.#attempt);
      const station = server === NO_BACKEND ? null : origin.stations[server]!;
      const job = station?.submit(workNs) ?? null;
      if (job === null) return this.end.happen('error');
      this.#station = station;
      this.#job = job;
      this.#balancer().start(server);
      const done = yield job.done;
      if (typeof done === 'string') return this.#waitInVain();
      this.#job = null;
    }
    const isError =
      origin.errorRatio > 0 && uniformFrom(seed, ERROR + this.#attempt) < origin.errorRatio;
    this.end.happen(isError ? 'error' : 'answer');
  }

  /** Its work is lost: without a timeout of its own, TCP gives up in the end. */
  #waitInVain(): void {
    const { agenda } = this.#around;
    if (this.#origin.spec.timeoutNs < Infinity) return;
    agenda.at(agenda.nowNs + TCP_GIVE_UP_NS, () => this.end.happen('timeout'));
  }

  #balancer() {
    const { agenda, streams } = this.#around;
    const { pop } = this.#fetch.server;
    return originBalancer(this.#origin, pop, agenda, streams);
  }
}
