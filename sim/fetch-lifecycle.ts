import { EventKind } from './kernel/event-kind.ts';
import { purposeKey, uniformFrom } from './kernel/random.ts';
import { whole } from './kernel/whole.ts';
import { transferNs } from './network/transport.ts';
import { type FetchIndex, Tier } from './pop/fetches.ts';
import { Found } from './pop/object-cache.ts';
import { isFetch, NO_OWNER, ownerIndex, ownerOfFetch } from './pop/owners.ts';
import { Condition } from './pop/pops.ts';
import { NO_VISIT } from './pop/visits.ts';
import type { WaitingLists } from './pop/waiting-lists.ts';
import { OriginLeg } from './origin-leg.ts';
import { CacheResult, NONE } from './requests.ts';
import type { Tables } from './tables.ts';

const SHIELD_SERVICE = purposeKey('shield-service');

/** What a miss is about: enough to fetch it, and to draw what the fetch draws. */
export interface MissedRequest {
  object: number;
  classIndex: number;
  sizeBytes: number;
  keyHash: number;
  seed: number;
  isPass: boolean;
}

/**
 * The story of a fetch, in the order in which it meets its handlers:
 *
 *   edge cache ──miss──► shield POP ──service, look-up──┬─hit──────────────► back to the edge
 *        └──no shield──► origin                         └─miss─► origin ──►  back to the shield
 *
 * Each cache that misses has a fetch of its own; a fetch at the edge waits for one at the shield.
 * Those who ask for an object that is being fetched already join the waiting list.
 */
export class FetchLifecycle {
  private readonly tables: Tables;
  readonly originLeg: OriginLeg;
  private readonly waiting: WaitingLists;
  private readonly originOfClass: Int32Array;
  /** Called for each request whose fetch has ended. */
  private readonly fetched: (request: number, hasFailed: boolean) => void;
  private readonly shieldWorkNs: (fetch: number) => number;

  constructor(
    tables: Tables,
    waiting: WaitingLists,
    fetched: (request: number, hasFailed: boolean) => void,
    shieldWorkNs: (pop: number, classIndex: number, uniform: number) => number,
  ) {
    const { kernel, fetches, origins, world } = tables;
    this.tables = tables;
    this.originLeg = new OriginLeg(tables);
    this.waiting = waiting;
    this.fetched = fetched;
    this.shieldWorkNs = (fetch) =>
      shieldWorkNs(
        fetches.shieldPop[fetch]!,
        fetches.classIndex[fetch]!,
        uniformFrom(fetches.seed[fetch]!, SHIELD_SERVICE),
      );
    this.originOfClass = Int32Array.from(world.classes, ({ origin }) =>
      origin === undefined ? 0 : origins.names.indexOf(origin),
    );
    kernel.on(EventKind.ShieldReached, (fetch, generation) => {
      if (fetches.isCurrent(fetch, generation)) this.#shieldReached(fetch as FetchIndex);
    });
    kernel.on(EventKind.FillReached, (fetch, generation) => {
      if (fetches.isCurrent(fetch, generation)) this.#fillReached(fetch as FetchIndex);
    });
  }

  /** Sends for what the cache of `server` has not. The waiter may be NO_OWNER (a refresh). */
  begin(tier: Tier, server: number, missed: MissedRequest, waiter: number): FetchIndex {
    const { fetches, pops, caches, kernel } = this.tables;
    const fetch = fetches.acquire();
    fetches.tier[fetch] = tier;
    fetches.server[fetch] = server;
    fetches.pop[fetch] = pops.popOf(server);
    fetches.object[fetch] = missed.object;
    fetches.classIndex[fetch] = missed.classIndex;
    fetches.sizeBytes[fetch] = missed.sizeBytes;
    fetches.keyHash[fetch] = missed.keyHash;
    fetches.seed[fetch] = missed.seed;
    fetches.isPass[fetch] = missed.isPass ? 1 : 0;
    fetches.origin[fetch] = this.originOfClass[missed.classIndex]!;
    fetches.startedNs[fetch] = kernel.nowNs;
    if (!missed.isPass && caches.collapses(tier)) {
      caches.setJoinable(tier, server, missed.object, fetch);
    }
    if (waiter !== NO_OWNER) this.waiting.join(fetch, waiter);
    this.#send(fetch);
    return fetch;
  }

  /** The shield server that worked on the fetch is done: look-up, then back or onward. */
  shieldServed(fetch: FetchIndex): void {
    const { fetches, caches, kernel, observers } = this.tables;
    const shieldPop = fetches.shieldPop[fetch]!;
    const server = fetches.shieldServer[fetch]!;
    const object = fetches.object[fetch]!;
    const sizeBytes = fetches.sizeBytes[fetch]!;
    fetches.visit[fetch] = NO_VISIT;
    const isPass = fetches.isPass[fetch] === 1 || !caches.hasTier(Tier.Shield);
    const holder = isPass ? server : caches.ownerOf(Tier.Shield, server, object);
    const found = isPass ? Found.Nothing : caches.lookUp(Tier.Shield, holder, object, kernel.nowNs);
    const joinable =
      isPass || found === Found.Fresh ? NONE : caches.joinable(Tier.Shield, holder, object);
    const result = isPass
      ? CacheResult.Pass
      : found === Found.Fresh
        ? CacheResult.Hit
        : joinable === NONE
          ? CacheResult.Miss
          : CacheResult.Collapsed;
    observers.cacheLookedUp(shieldPop, server, 'shield', result, sizeBytes, kernel.nowNs);
    if (result === CacheResult.Hit) this.#returnFromShield(fetch, false);
    else if (joinable !== NONE) {
      fetches.awaits[fetch] = joinable;
      this.waiting.join(joinable, ownerOfFetch(fetch));
    } else {
      const missed = this.#missOf(fetch, isPass);
      const awaited = this.begin(Tier.Shield, holder, missed, ownerOfFetch(fetch));
      // Read after `begin`, which may have grown the table.
      fetches.awaits[fetch] = awaited;
    }
  }

  /** A server lost what it was working on; only fetches at shields pass here. */
  shieldCrashed(fetch: FetchIndex): void {
    this.tables.fetches.visit[fetch] = NO_VISIT;
    this.#bypassShield(fetch);
  }

  /** Fetches of other POPs that wait at these servers, which are gone, or for a fetch of theirs. */
  sendRoundThoseWaitingAt(isLost: (server: number) => boolean): void {
    const { fetches } = this.tables;
    const waiting = fetches.inOrder((fetch) => {
      const awaited = fetches.awaits[fetch]!;
      if (awaited === NONE) return false;
      return isLost(fetches.shieldServer[fetch]!) || isLost(fetches.server[awaited]!);
    });
    for (const fetch of waiting) {
      this.waiting.leave(fetches.awaits[fetch]!, ownerOfFetch(fetch));
      this.#bypassShield(fetch);
    }
  }

  // --- the way out ------------------------------------------------------------------------------

  #send(fetch: FetchIndex): void {
    const { fetches, shields, caches, backbone, kernel } = this.tables;
    const pop = fetches.pop[fetch]!;
    const shield = fetches.tier[fetch] === Tier.Edge ? shields.of(pop) : NONE;
    if (shield === NONE || !caches.hasTier(Tier.Shield)) {
      this.originLeg.send(fetch);
      return;
    }
    fetches.shieldPop[fetch] = shield;
    const delayNs = backbone.delayNs(pop, shield, 0, kernel.nowNs);
    this.#schedule(fetch, delayNs, EventKind.ShieldReached);
  }

  #shieldReached(fetch: FetchIndex): void {
    const { fetches, pops, stations } = this.tables;
    const shield = fetches.shieldPop[fetch]!;
    const balancer = pops.balancerFor(shield, fetches.seed[fetch]!);
    const server =
      pops.condition[shield] === Condition.Serving
        ? pops.pick(shield, balancer, fetches.keyHash[fetch]!, 0)
        : NONE;
    if (server === NONE || pops.serverCondition[server] !== Condition.Serving) {
      this.#bypassShield(fetch);
      return;
    }
    const workNs = this.shieldWorkNs(fetch);
    const visit = stations.submit(server, ownerOfFetch(fetch), workNs);
    if (visit === NO_VISIT) {
      this.#returnFromShield(fetch, true);
      return;
    }
    fetches.shieldServer[fetch] = server;
    fetches.balancer[fetch] = balancer;
    fetches.visit[fetch] = visit;
    pops.started(balancer, server);
  }

  /** The shield does not answer: after the connect timeout the edge goes to the origin itself. */
  #bypassShield(fetch: FetchIndex): void {
    const { fetches, origins, kernel } = this.tables;
    this.#leaveShieldServer(fetch, true);
    if (fetches.isForsaken[fetch] === 1) {
      fetches.release(fetch);
      return;
    }
    fetches.supersede(fetch);
    fetches.shieldPop[fetch] = NONE;
    fetches.shieldServer[fetch] = NONE;
    fetches.awaits[fetch] = NONE;
    const waitNs = origins.specs[fetches.origin[fetch]!]!.connectTimeoutNs;
    const generation = fetches.generation[fetch]!;
    kernel.after(waitNs, () => {
      if (!fetches.isCurrent(fetch, generation)) return;
      if (fetches.isForsaken[fetch] === 1) fetches.release(fetch);
      else this.originLeg.send(fetch);
    });
  }

  // --- and back ---------------------------------------------------------------------------------

  #returnFromShield(fetch: FetchIndex, hasFailed: boolean): void {
    const { fetches, backbone, kernel } = this.tables;
    const pop = fetches.pop[fetch]!;
    const shield = fetches.shieldPop[fetch]!;
    this.#leaveShieldServer(fetch, hasFailed);
    fetches.awaits[fetch] = NONE;
    fetches.hasFailed[fetch] = hasFailed ? 1 : 0;
    const bytes = hasFailed ? 0 : fetches.sizeBytes[fetch]!;
    const oneWayNs = backbone.delayNs(shield, pop, bytes, kernel.nowNs);
    const rateBps = backbone.rateBps(shield, pop, kernel.nowNs);
    const delayNs = transferNs(bytes, oneWayNs * 2, rateBps);
    this.#schedule(fetch, delayNs, EventKind.FillReached);
  }

  #leaveShieldServer(fetch: FetchIndex, hasFailed: boolean): void {
    const { fetches, pops, kernel } = this.tables;
    const balancer = fetches.balancer[fetch]!;
    if (balancer === NONE) return;
    fetches.balancer[fetch] = NONE;
    const latencyNs = kernel.nowNs - fetches.startedNs[fetch]!;
    const outcome = hasFailed ? 'server-error' : 'success';
    pops.finished(balancer, fetches.shieldServer[fetch]!, outcome, latencyNs);
  }

  #fillReached(fetch: FetchIndex): void {
    const { fetches, caches, kernel, observers, world } = this.tables;
    const tier = fetches.tier[fetch]! as Tier;
    const server = fetches.server[fetch]!;
    const object = fetches.object[fetch]!;
    const hasFailed = fetches.hasFailed[fetch] === 1;
    if (fetches.isForsaken[fetch] === 1) {
      fetches.release(fetch);
      return;
    }
    if (fetches.isPass[fetch] === 0) {
      caches.clearJoinable(tier, server, object, fetch);
      if (!hasFailed) {
        const { ttlNs } = world.classes[fetches.classIndex[fetch]!]!;
        caches.store(tier, server, object, fetches.sizeBytes[fetch]!, kernel.nowNs + ttlNs);
      }
    }
    if (fetches.shieldPop[fetch] === NONE) {
      const latencyNs = kernel.nowNs - fetches.startedNs[fetch]!;
      const bytes = hasFailed ? 0 : fetches.sizeBytes[fetch]!;
      const origin = fetches.origin[fetch]!;
      const pop = fetches.pop[fetch]!;
      observers.originFetchEnded(origin, pop, hasFailed, latencyNs, bytes, kernel.nowNs);
    }
    const first = fetches.firstWaiter[fetch]!;
    fetches.release(fetch);
    this.#wake(first, hasFailed);
  }

  #wake(first: number, hasFailed: boolean): void {
    let waiter = first;
    while (waiter !== NO_OWNER) {
      const next = this.waiting.next(waiter);
      if (isFetch(waiter)) this.#returnFromShield(ownerIndex(waiter) as FetchIndex, hasFailed);
      else this.fetched(ownerIndex(waiter), hasFailed);
      waiter = next;
    }
  }

  #schedule(fetch: FetchIndex, delayNs: number, kind: EventKind): void {
    const { fetches, kernel } = this.tables;
    kernel.schedule(kernel.nowNs + whole(delayNs), kind, fetch, fetches.generation[fetch]!);
  }

  #missOf(fetch: FetchIndex, isPass: boolean): MissedRequest {
    const { fetches } = this.tables;
    return {
      object: fetches.object[fetch]!,
      classIndex: fetches.classIndex[fetch]!,
      sizeBytes: fetches.sizeBytes[fetch]!,
      keyHash: fetches.keyHash[fetch]!,
      seed: fetches.seed[fetch]!,
      isPass,
    };
  }
}
