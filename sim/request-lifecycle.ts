import type { ClientPath } from './client-path.ts';
import { FetchLifecycle, type MissedRequest } from './fetch-lifecycle.ts';
import { createSampler, type Sampler } from './kernel/distributions.ts';
import { EventKind } from './kernel/event-kind.ts';
import { purposeKey, uniformFrom } from './kernel/random.ts';
import { whole } from './kernel/whole.ts';
import { type FetchIndex, NO_FETCH, Tier } from './pop/fetches.ts';
import { Found } from './pop/object-cache.ts';
import { isFetch, NO_OWNER, ownerIndex, ownerOfRequest } from './pop/owners.ts';
import { Condition } from './pop/pops.ts';
import { NO_VISIT, type VisitIndex } from './pop/visits.ts';
import { WaitingLists } from './pop/waiting-lists.ts';
import { attachDispatcher } from './pop/balancing/attach-dispatcher.ts';
import { RequestEndings } from './request-endings.ts';
import { CacheResult, NONE, type RequestIndex } from './requests.ts';
import type { Tables } from './tables.ts';
import type { RequestSource } from './traffic/request-source.ts';

const SERVICE_AT_POP = purposeKey('service-at-pop');
const SERVER_ERROR = purposeKey('server-error');
const PASS = purposeKey('pass');

/**
 * The story of a request, in the order in which it meets its handlers:
 *
 *   arrival ─► attempt ─route, connection─► POP ─balancer─► server ─queue, service─► look-up
 *                 ▲                          │                │                 hit │ miss
 *                 └──── retry ◄──── failure ◄┴────────────────┘                     │  └► fetch ─┐
 *                                                                                   ▼            ▼
 *                                                               end ◄── transfer ◄─ response ◄───┘
 *
 * A delay whose end changes nothing but the request has no event: the response's way to the client
 * is reckoned when the POP sends it.
 */
export class RequestLifecycle {
  readonly fetchLifecycle: FetchLifecycle;
  readonly endings: RequestEndings;
  /** Told of servers that refuse a request because they are full. */
  onFull: ((server: number) => void) | null = null;
  private readonly tables: Tables;
  private readonly source: RequestSource;
  private readonly clientPath: ClientPath;
  private readonly waiting: WaitingLists;
  /** Per POP: its own service time where it overrides the classes'. */
  private readonly popServiceTime: readonly (Sampler | null)[];
  private readonly classServiceTime: readonly Sampler[];
  /** Rewritten for each miss. */
  readonly #missed: MissedRequest = {
    object: NONE,
    classIndex: 0,
    sizeBytes: 0,
    keyHash: 0,
    seed: 0,
    isPass: false,
  };

  constructor(tables: Tables, source: RequestSource, clientPath: ClientPath) {
    const { kernel, requests, arrivals, stations, world } = tables;
    this.tables = tables;
    this.source = source;
    this.clientPath = clientPath;
    this.waiting = new WaitingLists(requests, tables.fetches);
    this.popServiceTime = world.pops.map((pop) =>
      pop.serviceTime === undefined ? null : createSampler(pop.serviceTime),
    );
    this.classServiceTime = world.classes.map((spec) => createSampler(spec.serviceTime));
    this.fetchLifecycle = new FetchLifecycle(
      tables,
      this.waiting,
      (request, hasFailed) => this.#fetched(request as RequestIndex, hasFailed),
      (pop, classIndex, uniform) => this.#workAt(pop, classIndex, uniform),
    );
    this.endings = new RequestEndings(tables, clientPath, this.waiting, (request) =>
      this.#startAttempt(request),
    );
    attachDispatcher(tables, this.endings, this.#sendTo.bind(this));
    kernel.on(EventKind.Arrival, (process, generation) => {
      if (arrivals.arrive(process, generation)) this.#arrived(process);
    });
    kernel.on(EventKind.RateStepped, (process, generation) => {
      arrivals.stepRate(process, generation);
    });
    kernel.on(EventKind.PopReached, (request, generation) => {
      if (requests.isCurrent(request, generation)) this.#popReached(request as RequestIndex);
    });
    kernel.on(EventKind.PatienceEnded, (request, generation) => {
      if (requests.isCurrent(request, generation)) this.#patienceEnded(request as RequestIndex);
    });
    kernel.on(EventKind.ServiceEnded, (subject, detail) => {
      const visit = stations.end(subject, detail);
      if (visit !== NO_VISIT) this.#serviceEnded(visit);
    });
  }

  /** A client sends a request. */
  #arrived(process: number): void {
    const { kernel, requests, arrivals } = this.tables;
    const { nowNs } = kernel;
    const request = this.source.create(process, nowNs);
    requests.pop[request] = arrivals.processes[process]!.pop;
    this.endings.began(request);
    this.#startAttempt(request);
  }

  /** The client sends it, for the first time or again. */
  #startAttempt(request: RequestIndex): void {
    const { kernel, requests, routing } = this.tables;
    requests.startAttempt(request, kernel.nowNs);
    this.endings.setDeadline(request);
    if (routing === null) {
      this.#popReached(request);
      return;
    }
    this.clientPath.route(request);
    if (requests.pop[request] === NONE) {
      this.endings.unanswered(request);
      return;
    }
    const reachNs = whole(this.clientPath.reachNs(request));
    const generation = requests.generation[request]!;
    kernel.schedule(kernel.nowNs + reachNs, EventKind.PopReached, request, generation);
  }

  /** Its first packet is at the POP: a balancer chooses the server, which takes it in. */
  #popReached(request: RequestIndex): void {
    const { requests, pops } = this.tables;
    const pop = requests.pop[request]!;
    const condition = pops.condition[pop];
    if (condition === Condition.Dark) return this.endings.unanswered(request);
    if (condition !== Condition.Serving) return this.endings.failed(request, '503');
    if (this.endings.dispatcher !== null) return this.endings.dispatcher.arrived(request);
    const balancer = pops.balancerFor(pop, requests.client[request]!);
    const keyHash = requests.keyHash[request]!;
    const server = pops.pick(pop, balancer, keyHash, requests.attempt[request]!);
    if (server === NONE) return this.endings.failed(request, '503');
    this.#sendTo(request, balancer, server);
  }

  #sendTo(request: RequestIndex, balancer: number, server: number): void {
    const { requests, pops } = this.tables;
    requests.server[request] = server;
    requests.balancer[request] = balancer;
    pops.started(balancer, server);
    const serverCondition = pops.serverCondition[server];
    if (serverCondition === Condition.Serving) this.#admitted(request, server);
    else if (serverCondition === Condition.Dark) this.endings.unanswered(request);
    else if (serverCondition === Condition.Erring) this.endings.failed(request, '5xx');
    else this.endings.failed(request, 'connect_error');
  }

  #admitted(request: RequestIndex, server: number): void {
    const { requests, stations } = this.tables;
    const workNs = this.#workNs(request);
    const visit = stations.submit(server, ownerOfRequest(request), workNs);
    if (visit === NO_VISIT) {
      this.endings.rejected(request);
      this.onFull?.(server);
      return;
    }
    requests.visit[request] = visit;
    if (stations.isWaiting(visit)) this.endings.startPatience(request);
  }

  /** A server is done with a visit: of a request, a fetch at its shield, a probe, or nobody. */
  #serviceEnded(visit: VisitIndex): void {
    const { stations } = this.tables;
    const owner = stations.visits.owner[visit]!;
    if (owner < 0) {
      if (owner !== NO_OWNER) this.tables.probeVisits.served(owner);
      return;
    }
    if (isFetch(owner)) this.fetchLifecycle.shieldServed(ownerIndex(owner) as FetchIndex);
    else this.#served(ownerIndex(owner) as RequestIndex, visit);
  }

  #served(request: RequestIndex, visit: VisitIndex): void {
    const { requests, stations, pops, origins } = this.tables;
    requests.visit[request] = NO_VISIT;
    requests.queueWaitNs[request]! += stations.waitedNs(visit);
    const errorRatio = pops.errorRatio[requests.server[request]!]!;
    if (errorRatio > 0) {
      const offset = this.endings.dispatcher?.drawOffset(request) ?? 0;
      const purpose = SERVER_ERROR + requests.attempt[request]! + offset;
      const uniform = uniformFrom(requests.seed[request]!, purpose);
      if (uniform < errorRatio) return this.endings.failed(request, '5xx');
    }
    if (origins.count === 0) this.endings.respond(request);
    else this.#lookUp(request);
  }

  /** The cache that owns the object answers, or sends for it, or joins who has sent already. */
  #lookUp(request: RequestIndex): void {
    const { requests, caches, kernel } = this.tables;
    const server = requests.server[request]!;
    const object = requests.object[request]!;
    if (this.#isPass(request)) {
      this.#note(request, CacheResult.Pass);
      this.#miss(request, server, true);
      return;
    }
    const holder = caches.ownerOf(Tier.Edge, server, object);
    const found = caches.lookUp(Tier.Edge, holder, object, kernel.nowNs);
    if (found === Found.Fresh) {
      this.#note(request, CacheResult.Hit);
      this.endings.respond(request);
      return;
    }
    const fetch = caches.joinable(Tier.Edge, holder, object);
    const mayServeStale =
      found === Found.Stale &&
      caches.mayServeStaleMeanwhile(Tier.Edge, holder, object, kernel.nowNs);
    if (mayServeStale) {
      this.#note(request, CacheResult.Stale);
      if (fetch === NO_FETCH) this.#send(request, holder, false, NO_OWNER);
      this.endings.respond(request);
    } else if (fetch !== NO_FETCH) {
      this.#note(request, CacheResult.Collapsed);
      requests.fetch[request] = fetch;
      this.waiting.join(fetch, ownerOfRequest(request));
    } else {
      this.#note(request, CacheResult.Miss);
      this.#miss(request, holder, false);
    }
  }

  #miss(request: RequestIndex, holder: number, isPass: boolean): void {
    const { requests } = this.tables;
    requests.fetch[request] = this.#send(request, holder, isPass, ownerOfRequest(request));
  }

  /** What the request waited for is here, or has failed. */
  #fetched(request: RequestIndex, hasFailed: boolean): void {
    const { requests, caches, kernel } = this.tables;
    requests.fetch[request] = NO_FETCH;
    if (!hasFailed) return this.endings.respond(request);
    const object = requests.object[request]!;
    const server = requests.server[request]!;
    if (requests.cacheResult[request] !== CacheResult.Pass) {
      const holder = caches.ownerOf(Tier.Edge, server, object);
      if (caches.mayServeStaleOnError(Tier.Edge, holder, object, kernel.nowNs)) {
        this.#note(request, CacheResult.Stale);
        return this.endings.respond(request);
      }
    }
    this.endings.failed(request, '504');
  }

  #patienceEnded(request: RequestIndex): void {
    const { requests, stations } = this.tables;
    const visit = requests.visit[request]!;
    if (visit !== NO_VISIT && stations.isWaiting(visit)) this.endings.timedOut(request);
  }

  #isPass(request: RequestIndex): boolean {
    const { requests, caches, world } = this.tables;
    if (requests.object[request] === NONE || !caches.hasTier(Tier.Edge)) return true;
    const { passRatio } = world.classes[requests.classIndex[request]!]!;
    return passRatio > 0 && uniformFrom(requests.seed[request]!, PASS) < passRatio;
  }

  #note(request: RequestIndex, result: CacheResult): void {
    const { requests, observers, kernel } = this.tables;
    requests.cacheResult[request] = result;
    const pop = requests.pop[request]!;
    const server = requests.server[request]!;
    const sizeBytes = requests.sizeBytes[request]!;
    observers.cacheLookedUp(pop, server, 'edge', result, sizeBytes, kernel.nowNs);
  }

  #send(request: RequestIndex, holder: number, isPass: boolean, waiter: number): FetchIndex {
    const { requests } = this.tables;
    const missed = this.#missed;
    missed.object = requests.object[request]!;
    missed.classIndex = requests.classIndex[request]!;
    missed.sizeBytes = requests.sizeBytes[request]!;
    missed.keyHash = requests.keyHash[request]!;
    missed.seed = requests.seed[request]!;
    missed.isPass = isPass;
    return this.fetchLifecycle.begin(Tier.Edge, holder, missed, waiter);
  }

  /** Work at speed 1: the request's own draw, or one by the law of the POP; and its handshake. */
  #workNs(request: RequestIndex): number {
    const { requests, world } = this.tables;
    const sampler = this.popServiceTime[requests.pop[request]!]!;
    const serviceNs =
      sampler === null
        ? requests.serviceNs[request]!
        : sampler.quantile(uniformFrom(requests.seed[request]!, SERVICE_AT_POP));
    const isNew = requests.newConnection[request] === 1;
    return isNew ? serviceNs + world.traffic.handshakeServiceNs : serviceNs;
  }

  /** Work of a fetch at its shield POP. */
  #workAt(pop: number, classIndex: number, uniform: number): number {
    const sampler = this.popServiceTime[pop]! ?? this.classServiceTime[classIndex]!;
    return sampler.quantile(uniform);
  }
}
