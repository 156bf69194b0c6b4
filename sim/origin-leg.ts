import { Deadlines } from './deadlines.ts';
import { EventKind } from './kernel/event-kind.ts';
import { purposeKey, uniformFrom } from './kernel/random.ts';
import { whole } from './kernel/whole.ts';
import { CONNECT_GIVE_UP_NS, transferNs } from './network/transport.ts';
import type { FetchIndex } from './pop/fetches.ts';
import { NO_OWNER, ownerIndex, ownerOfFetch } from './pop/owners.ts';
import { Condition } from './pop/pops.ts';
import { NO_VISIT } from './pop/visits.ts';
import { NONE } from './requests.ts';
import type { Tables } from './tables.ts';

const ORIGIN_ERROR = purposeKey('origin-error');

/**
 * A fetch between its cache and its origin:
 *
 *   cache ──► origin ──server, service──► answer ──► FillReached at the cache
 *     ▲           └─refused, error, timeout─┐
 *     └─────────── next attempt ◄───────────┘   while attempts are left; else FillReached, failed
 */
export class OriginLeg {
  private readonly tables: Tables;
  private readonly deadlines: readonly Deadlines[];
  /** POP index beside which each origin stands; NONE in a laboratory. */
  private readonly nearPop: Int32Array;

  constructor(tables: Tables) {
    const { kernel, fetches, origins, pops } = tables;
    this.tables = tables;
    this.deadlines = origins.specs.map(
      (_, origin) => new Deadlines(kernel, EventKind.OriginDeadline, origin, fetches),
    );
    this.nearPop = Int32Array.from(origins.specs, ({ near }) =>
      near === null ? NONE : pops.names.indexOf(near),
    );
    kernel.on(EventKind.OriginReached, (fetch, generation) => {
      if (fetches.isCurrent(fetch, generation)) this.#originReached(fetch as FetchIndex);
    });
    kernel.on(EventKind.OriginAnswered, (fetch, generation) => {
      if (fetches.isCurrent(fetch, generation)) this.#originAnswered(fetch as FetchIndex);
    });
    kernel.on(EventKind.OriginServiceEnded, (subject, detail) => {
      const visit = origins.stations.end(subject, detail);
      if (visit === NO_VISIT) return;
      const owner = origins.stations.visits.owner[visit]!;
      if (owner >= 0) this.#originAnswered(ownerIndex(owner) as FetchIndex);
      else if (owner !== NO_OWNER) tables.probeVisits.served(owner);
    });
    kernel.on(EventKind.OriginDeadline, (origin) => {
      this.deadlines[origin]!.expire((fetch) => this.#attemptTimedOut(fetch as FetchIndex));
    });
  }

  send(fetch: FetchIndex): void {
    const { fetches, origins, kernel, observers } = this.tables;
    const origin = fetches.origin[fetch]!;
    const { timeoutNs } = origins.specs[origin]!;
    fetches.supersede(fetch);
    fetches.attemptNs[fetch] = kernel.nowNs;
    origins.inFlightCount[origin]!++;
    observers.originFetchStarted(origin, fetches.pop[fetch]!, kernel.nowNs);
    if (timeoutNs < Infinity) {
      const generation = fetches.generation[fetch]!;
      this.deadlines[origin]!.set(fetch, generation, kernel.nowNs + timeoutNs);
    }
    this.#schedule(fetch, this.#originDelayNs(fetch, 0), EventKind.OriginReached);
  }

  /** The origin lost the fetch with all that was inside: its timeout tells, or TCP gives up. */
  lost(fetch: FetchIndex): void {
    const { fetches, origins } = this.tables;
    fetches.visit[fetch] = NO_VISIT;
    if (origins.specs[fetches.origin[fetch]!]!.timeoutNs === Infinity) {
      this.#timeOutAfter(fetch, CONNECT_GIVE_UP_NS);
    }
  }

  #originReached(fetch: FetchIndex): void {
    const { fetches, origins, kernel } = this.tables;
    const origin = fetches.origin[fetch]!;
    const condition = origins.condition[origin];
    const { connectionsMax, connectTimeoutNs } = origins.specs[origin]!;
    if (condition === Condition.Dark) {
      const waitedNs = kernel.nowNs - fetches.attemptNs[fetch]!;
      this.#timeOutAfter(fetch, Math.max(0, connectTimeoutNs - waitedNs));
      return;
    }
    fetches.originLossCount[fetch] = origins.lossCount[origin]!;
    if (condition !== Condition.Serving || origins.inFlightCount[origin]! > connectionsMax) {
      this.#answer(fetch, true);
      return;
    }
    const attempt = fetches.attempt[fetch]!;
    const workNs = whole(origins.serviceNs(origin, fetches.seed[fetch]!, attempt));
    if (!origins.hasServers(origin)) {
      const generation = fetches.generation[fetch]!;
      kernel.schedule(kernel.nowNs + workNs, EventKind.OriginAnswered, fetch, generation);
      return;
    }
    const observer = origins.observerOf(origin, fetches.pop[fetch]!, fetches.server[fetch]!);
    const server = origins.pick(observer, origin, fetches.keyHash[fetch]!, attempt);
    const visit =
      server === NONE ? NO_VISIT : origins.stations.submit(server, ownerOfFetch(fetch), workNs);
    if (visit === NO_VISIT) {
      this.#answer(fetch, true);
      return;
    }
    fetches.visit[fetch] = visit;
    fetches.originBackend[fetch] = server;
    origins.started(observer, origin, server);
  }

  #originAnswered(fetch: FetchIndex): void {
    const { fetches, origins } = this.tables;
    const origin = fetches.origin[fetch]!;
    fetches.visit[fetch] = NO_VISIT;
    if (fetches.originLossCount[fetch] !== origins.lossCount[origin]) {
      this.lost(fetch);
      return;
    }
    const errorRatio = origins.errorRatio[origin]!;
    const uniform = uniformFrom(fetches.seed[fetch]!, ORIGIN_ERROR + fetches.attempt[fetch]!);
    this.#answer(fetch, errorRatio > 0 && uniform < errorRatio);
  }

  /** The origin answers: an error is retried, else the response travels back to the cache. */
  #answer(fetch: FetchIndex, isError: boolean): void {
    const { fetches } = this.tables;
    this.#endAttempt(fetch, isError ? 'server-error' : 'success');
    if (isError && this.#retry(fetch)) return;
    fetches.hasFailed[fetch] = isError ? 1 : 0;
    const bytes = isError ? 0 : fetches.sizeBytes[fetch]!;
    this.#schedule(fetch, this.#originDelayNs(fetch, bytes), EventKind.FillReached);
  }

  #timeOutAfter(fetch: FetchIndex, waitNs: number): void {
    const { fetches, kernel } = this.tables;
    const generation = fetches.generation[fetch]!;
    kernel.after(waitNs, () => {
      if (fetches.isCurrent(fetch, generation)) this.#attemptTimedOut(fetch);
    });
  }

  #attemptTimedOut(fetch: FetchIndex): void {
    const { fetches, origins } = this.tables;
    const visit = fetches.visit[fetch]!;
    if (visit !== NO_VISIT) origins.stations.abandon(visit);
    fetches.visit[fetch] = NO_VISIT;
    this.#endAttempt(fetch, 'timeout');
    if (this.#retry(fetch)) return;
    fetches.hasFailed[fetch] = 1;
    this.#schedule(fetch, 0, EventKind.FillReached);
  }

  #endAttempt(fetch: FetchIndex, outcome: 'success' | 'server-error' | 'timeout'): void {
    const { fetches, origins, kernel } = this.tables;
    const origin = fetches.origin[fetch]!;
    origins.inFlightCount[origin]!--;
    fetches.supersede(fetch);
    const server = fetches.originBackend[fetch]!;
    if (server === NONE) return;
    fetches.originBackend[fetch] = NONE;
    const latencyNs = kernel.nowNs - fetches.attemptNs[fetch]!;
    const observer = origins.observerOf(origin, fetches.pop[fetch]!, fetches.server[fetch]!);
    origins.finished(observer, origin, server, outcome, latencyNs);
  }

  #retry(fetch: FetchIndex): boolean {
    const { fetches, origins } = this.tables;
    if (fetches.isForsaken[fetch] === 1) return false;
    if (fetches.attempt[fetch]! >= origins.specs[fetches.origin[fetch]!]!.retryMax) return false;
    fetches.attempt[fetch]!++;
    this.send(fetch);
    return true;
  }

  /** One way between the fetch's POP and its origin, with the transfer of `bytes`. */
  #originDelayNs(fetch: FetchIndex, bytes: number): number {
    const { fetches, origins, backbone, kernel } = this.tables;
    const origin = fetches.origin[fetch]!;
    const { latencyNs } = origins.specs[origin]!;
    const pop = fetches.pop[fetch]!;
    const nearPop = this.nearPop[origin] === NONE ? pop : this.nearPop[origin]!;
    const backboneNs =
      bytes > 0
        ? backbone.delayNs(nearPop, pop, bytes, kernel.nowNs)
        : backbone.delayNs(pop, nearPop, 0, kernel.nowNs);
    const oneWayNs = backboneNs + latencyNs / 2;
    return bytes > 0
      ? transferNs(bytes, oneWayNs * 2, backbone.rateBps(nearPop, pop, kernel.nowNs))
      : oneWayNs;
  }

  #schedule(fetch: FetchIndex, delayNs: number, kind: EventKind): void {
    const { fetches, kernel } = this.tables;
    kernel.schedule(kernel.nowNs + whole(delayNs), kind, fetch, fetches.generation[fetch]!);
  }
}
