import { NO_BACKEND, type BackendIndex, type Balancer } from '../../balancer/index.ts';
import { createSampler, type Sampler } from '../../sim/kernel/distributions.ts';
import { purposeKey, uniformFrom } from '../../sim/kernel/random.ts';
import type { FailureReason, WorldSpec } from '../../sim/world.ts';
import type { Agenda, Process } from './processes.ts';
import type { SlowFetches } from './slow-fetches.ts';
import type { SlowNetwork } from './slow-network.ts';
import {
  Attempt,
  NOTHING_YET,
  type End,
  type SlowOutcome,
  type SlowRequest,
} from './slow-request.ts';
import { SlowRetries } from './slow-retries.ts';
import type { SlowFetch, SlowPop, SlowServer } from './slow-world.ts';
import type { Job } from './stations.ts';

const PATIENCE = purposeKey('patience');
const SERVER_ERROR = purposeKey('server-error');
const SERVICE_AT_POP = purposeKey('service-at-pop');

/** As Linux: 1 + 2 + 4 + … + 64 s of SYNs. */
const CONNECT_GIVE_UP_NS = 127e9;

/** What clients and POPs do, request by request. */
export class SlowClients {
  readonly #world: WorldSpec;
  readonly #agenda: Agenda;
  readonly #pops: readonly SlowPop[];
  readonly #fetches: SlowFetches;
  readonly #network: SlowNetwork | null;
  readonly #patience: Sampler | null;
  readonly #timeoutNs: number;
  readonly #retries: SlowRetries;
  /** Attempts that wait for a fetch. */
  readonly #awaiting = new Map<Attempt, { request: SlowRequest; fetch: SlowFetch }>();

  constructor(
    world: WorldSpec,
    agenda: Agenda,
    pops: readonly SlowPop[],
    fetches: SlowFetches,
    network: SlowNetwork | null,
  ) {
    this.#world = world;
    this.#agenda = agenda;
    this.#pops = pops;
    this.#fetches = fetches;
    this.#network = network;
    this.#retries = new SlowRetries(world.traffic.retry);
    const { timeout } = world.traffic;
    this.#timeoutNs = timeout?.law === 'constant' ? timeout.value : Infinity;
    this.#patience = timeout === null || timeout.law === 'constant' ? null : createSampler(timeout);
  }

  /** The whole story of a request. */
  *story(request: SlowRequest): Process {
    this.#retries.requestBegan();
    for (;;) {
      const attempt = new Attempt(this.#agenda.nowNs, this.#timeoutNs);
      Object.assign(request, NOTHING_YET);
      if (attempt.deadlineNs < Infinity) {
        this.#agenda.at(attempt.deadlineNs, () => this.#timeOut(request, attempt));
      }
      this.#agenda.start(this.#try(request, attempt));
      const end = (yield attempt.end) as End;
      if (end.what === 'response') return this.#finish(request, 'completed', end.endNs);
      if (end.what === 'gave up') {
        return this.#finish(request, 'unreachable', this.#agenda.nowNs + CONNECT_GIVE_UP_NS);
      }
      let waitNs = end.afterNs;
      if (!this.#retries.isReconnect(request, end.what)) {
        if (!this.#retries.mayRetry(request, end.what)) {
          return this.#finish(request, end.outcome, this.#agenda.nowNs + end.afterNs);
        }
        waitNs += this.#retries.backoffNs(request);
      }
      request.attempt++;
      yield this.#agenda.wait(Math.round(waitNs));
    }
  }

  /** These servers have lost their memory: those who wait there for a fetch wait in vain. */
  loseAwaiting(servers: readonly SlowServer[], how: 'reset' | 'lost'): void {
    const lost = [...this.#awaiting].filter(
      ([attempt, { fetch }]) => servers.includes(attempt.server!) || servers.includes(fetch.server),
    );
    lost.sort(([a], [b]) => a.startedNs - b.startedNs);
    for (const [attempt, { request }] of lost) {
      if (how === 'reset') this.#fail(request, attempt, '5xx');
      else this.#forsake(attempt);
    }
  }

  *#try(request: SlowRequest, attempt: Attempt): Process {
    if (this.#network !== null) {
      this.#network.route(request);
      if (request.pop < 0) return this.#unanswered(attempt);
      yield this.#agenda.wait(Math.round(this.#network.reachNs(request)));
      if (attempt.end.hasHappened) return;
    }
    const pop = this.#pops[request.pop]!;
    if (pop.condition === 'dark') return this.#unanswered(attempt);
    if (pop.condition !== 'serving') return this.#fail(request, attempt, '503');
    const balancer = pop.balancers[request.client % pop.balancers.length]!;
    const backend = balancer.pick(request.keyHash, request.attempt);
    if (backend === NO_BACKEND) return this.#fail(request, attempt, '503');
    const server = this.#enter(request, attempt, balancer, backend, pop);
    if (server.condition === 'dark') return this.#unanswered(attempt);
    if (server.condition === 'erring') return this.#fail(request, attempt, '5xx');
    if (server.condition === 'refusing') return this.#fail(request, attempt, 'connect_error');
    const job = server.station.submit(this.#workNs(request, pop));
    if (job === null) return this.#reject(request, attempt);
    attempt.job = job;
    if (server.station.isWaiting(job)) this.#waitPatiently(request, attempt, job);
    const done = (yield job.done) as number | 'reset' | 'lost';
    attempt.job = null;
    if (done === 'reset') return this.#fail(request, attempt, '5xx');
    if (done === 'lost') return this.#forsake(attempt);
    request.queueWaitNs += done;
    if (server.errorRatio > 0) {
      const uniform = uniformFrom(request.seed, SERVER_ERROR + request.attempt);
      if (uniform < server.errorRatio) return this.#fail(request, attempt, '5xx');
    }
    if (this.#world.origins.length === 0) return this.#respond(request, attempt);
    this.#lookUp(request, attempt, server);
  }

  #enter(
    request: SlowRequest,
    attempt: Attempt,
    balancer: Balancer,
    backend: BackendIndex,
    pop: SlowPop,
  ): SlowServer {
    const server = pop.servers[backend]!;
    request.server = server.index;
    attempt.server = server;
    balancer.start(backend);
    attempt.finish = (outcome) =>
      balancer.finish(backend, outcome, this.#agenda.nowNs - attempt.startedNs);
    return server;
  }

  #lookUp(request: SlowRequest, attempt: Attempt, server: SlowServer): void {
    const { object, classIndex, sizeBytes, keyHash, seed } = request;
    const { nowNs } = this.#agenda;
    const asked = { tier: 'edge' as const, object, classIndex, sizeBytes, keyHash, seed };
    const fetched = (hasFailed: boolean) => this.#fetched(request, attempt, server, hasFailed);
    if (this.#fetches.isPass(request)) {
      request.cacheResult = 'pass';
      this.#await(
        request,
        attempt,
        this.#fetches.begin({ ...asked, server, isPass: true }, fetched),
        fetched,
      );
      return;
    }
    const holder = this.#fetches.holderOf('edge', server, object);
    const cache = holder.caches.edge!;
    const found = cache.copies.lookUp(object, nowNs);
    const underWay = cache.fetching.get(object);
    const meanwhileNs = this.#world.cache!.staleWhileRevalidateNs;
    if (found === 'fresh') {
      request.cacheResult = 'hit';
      this.#respond(request, attempt);
    } else if (found === 'stale' && nowNs < cache.copies.expiresNs(object) + meanwhileNs) {
      request.cacheResult = 'stale';
      if (underWay === undefined) {
        this.#fetches.begin({ ...asked, server: holder, isPass: false }, null);
      }
      this.#respond(request, attempt);
    } else if (underWay !== undefined) {
      request.cacheResult = 'collapsed';
      underWay.waiters.push(fetched);
      this.#await(request, attempt, underWay, fetched);
    } else {
      request.cacheResult = 'miss';
      const fetch = this.#fetches.begin({ ...asked, server: holder, isPass: false }, fetched);
      this.#await(request, attempt, fetch, fetched);
    }
  }

  #await(
    request: SlowRequest,
    attempt: Attempt,
    fetch: SlowFetch,
    waiter: (hasFailed: boolean) => void,
  ): void {
    this.#awaiting.set(attempt, { request, fetch });
    attempt.leaveFetch = () => {
      this.#awaiting.delete(attempt);
      fetch.waiters = fetch.waiters.filter((other) => other !== waiter);
    };
  }

  #fetched(request: SlowRequest, attempt: Attempt, server: SlowServer, hasFailed: boolean): void {
    this.#awaiting.delete(attempt);
    attempt.leaveFetch = null;
    if (!hasFailed) return this.#respond(request, attempt);
    if (request.cacheResult !== 'pass') {
      const holder = this.#fetches.holderOf('edge', server, request.object);
      const expiresNs = holder.caches.edge!.copies.expiresNs(request.object);
      if (this.#agenda.nowNs < expiresNs + this.#world.cache!.staleIfErrorNs) {
        request.cacheResult = 'stale';
        return this.#respond(request, attempt);
      }
    }
    this.#fail(request, attempt, '504');
  }

  #respond(request: SlowRequest, attempt: Attempt): void {
    const { nowNs } = this.#agenda;
    if (this.#network !== null && !this.#network.isIntact(request)) {
      attempt.leave('connect-error');
      const afterNs = Math.round(request.rttNs / 2);
      if (nowNs + afterNs > attempt.deadlineNs) return;
      this.#network.drop(request);
      return attempt.end.happen({ what: 'reset', outcome: 'unreachable', afterNs });
    }
    const endNs = nowNs + Math.round(this.#network?.responseNs(request) ?? 0);
    attempt.leave('success');
    if (endNs > attempt.deadlineNs) return;
    if (this.#pops[request.pop]!.isDraining) this.#network?.drop(request);
    request.ttfbNs = nowNs + Math.round(request.rttNs / 2) - request.arrivedNs;
    attempt.end.happen({ what: 'response', endNs });
  }

  #fail(request: SlowRequest, attempt: Attempt, what: FailureReason): void {
    attempt.leave(what === 'connect_error' ? 'connect-error' : 'server-error');
    this.#answerError(request, attempt, what, 'error');
  }

  #reject(request: SlowRequest, attempt: Attempt): void {
    attempt.leave('rejected');
    this.#answerError(request, attempt, '503', 'rejected');
  }

  /** Unless the client has given up by the time the error would arrive. */
  #answerError(
    request: SlowRequest,
    attempt: Attempt,
    what: FailureReason,
    outcome: SlowOutcome,
  ): void {
    const afterNs = Math.round(request.rttNs / 2);
    if (this.#agenda.nowNs + afterNs > attempt.deadlineNs) return;
    if (this.#pops[request.pop]!.isDraining) this.#network?.drop(request);
    attempt.end.happen({ what, outcome, afterNs });
  }

  #timeOut(request: SlowRequest, attempt: Attempt): void {
    if (attempt.end.hasHappened) return;
    const { job } = attempt;
    if (job !== null && attempt.server!.station.isWaiting(job)) {
      request.queueWaitNs += this.#agenda.nowNs - job.enteredNs;
    }
    attempt.leave('timeout');
    this.#network?.drop(request);
    attempt.end.happen({ what: 'timeout', outcome: 'timeout', afterNs: 0 });
  }

  /** Gone without a word: the client finds out by waiting. */
  #forsake(attempt: Attempt): void {
    attempt.leave('timeout');
    this.#unanswered(attempt);
  }

  #unanswered(attempt: Attempt): void {
    if (attempt.deadlineNs < Infinity) return;
    attempt.leave('timeout');
    attempt.end.happen({ what: 'gave up' });
  }

  #waitPatiently(request: SlowRequest, attempt: Attempt, job: Job): void {
    if (this.#patience === null) return;
    const uniform = uniformFrom(request.seed, PATIENCE + request.attempt);
    const endNs = this.#agenda.nowNs + Math.round(this.#patience.quantile(uniform));
    this.#agenda.at(endNs, () => {
      if (attempt.server!.station.isWaiting(job)) this.#timeOut(request, attempt);
    });
  }

  #workNs(request: SlowRequest, pop: SlowPop): number {
    const serviceNs =
      pop.serviceTime === null
        ? request.serviceNs
        : pop.serviceTime.quantile(uniformFrom(request.seed, SERVICE_AT_POP));
    return request.isNewConnection ? serviceNs + this.#world.traffic.handshakeServiceNs : serviceNs;
  }

  #finish(request: SlowRequest, outcome: SlowOutcome, endNs: number): void {
    request.outcome = outcome;
    request.endNs = endNs;
  }
}
