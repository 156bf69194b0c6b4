import type { CacheResult, Outcome, RequestIndex } from '../requests.ts';
import type { FailureReason } from '../world.ts';
import type { Observer } from './observer.ts';

type Listening<M extends keyof Observer> = Observer & Required<Pick<Observer, M>>;

/**
 * Tells every observer what happened, in the order in which they were given. One list a method, so
 * that an observer without the method is never called; the simulator notifies only the hub.
 */
export class ObserverHub implements Required<Observer> {
  /** The first two listeners of the hottest method have call sites of their own: `requestEnded`. */
  private readonly endedFirst: Listening<'requestEnded'> | null;
  private readonly endedSecond: Listening<'requestEnded'> | null;
  private readonly endedRest: readonly Listening<'requestEnded'>[];
  private readonly attemptFailedListeners: readonly Listening<'attemptFailed'>[];
  private readonly cacheLookedUpListeners: readonly Listening<'cacheLookedUp'>[];
  private readonly originFetchStartedListeners: readonly Listening<'originFetchStarted'>[];
  private readonly originFetchEndedListeners: readonly Listening<'originFetchEnded'>[];
  private readonly connectionBrokenListeners: readonly Listening<'connectionBroken'>[];
  private readonly connectionOpenedListeners: readonly Listening<'connectionOpened'>[];
  private readonly routeChangedListeners: readonly Listening<'routeChanged'>[];
  private readonly bgpUpdateSentListeners: readonly Listening<'bgpUpdateSent'>[];
  private readonly dnsQueriedListeners: readonly Listening<'dnsQueried'>[];
  private readonly keysMovedListeners: readonly Listening<'keysMoved'>[];
  private readonly serverCrashedListeners: readonly Listening<'serverCrashed'>[];
  private readonly serverHealthChangedListeners: readonly Listening<'serverHealthChanged'>[];
  private readonly serverProbedListeners: readonly Listening<'serverProbed'>[];
  private readonly originProbedListeners: readonly Listening<'originProbed'>[];
  private readonly balancerRetriedListeners: readonly Listening<'balancerRetried'>[];
  private readonly balancerRefusedListeners: readonly Listening<'balancerRefused'>[];
  private readonly tableBuildListeners: readonly Listening<'tableBuild'>[];
  private readonly tableLacksListeners: readonly Listening<'tableLacks'>[];
  private readonly stalePickListeners: readonly Listening<'stalePick'>[];

  constructor(observers: readonly Observer[]) {
    const ended = listening(observers, 'requestEnded');
    this.endedFirst = ended[0] ?? null;
    this.endedSecond = ended[1] ?? null;
    this.endedRest = ended.slice(2);
    this.attemptFailedListeners = listening(observers, 'attemptFailed');
    this.cacheLookedUpListeners = listening(observers, 'cacheLookedUp');
    this.originFetchStartedListeners = listening(observers, 'originFetchStarted');
    this.originFetchEndedListeners = listening(observers, 'originFetchEnded');
    this.connectionBrokenListeners = listening(observers, 'connectionBroken');
    this.connectionOpenedListeners = listening(observers, 'connectionOpened');
    this.routeChangedListeners = listening(observers, 'routeChanged');
    this.bgpUpdateSentListeners = listening(observers, 'bgpUpdateSent');
    this.dnsQueriedListeners = listening(observers, 'dnsQueried');
    this.keysMovedListeners = listening(observers, 'keysMoved');
    this.serverCrashedListeners = listening(observers, 'serverCrashed');
    this.serverHealthChangedListeners = listening(observers, 'serverHealthChanged');
    this.serverProbedListeners = listening(observers, 'serverProbed');
    this.originProbedListeners = listening(observers, 'originProbed');
    this.balancerRetriedListeners = listening(observers, 'balancerRetried');
    this.balancerRefusedListeners = listening(observers, 'balancerRefused');
    this.tableBuildListeners = listening(observers, 'tableBuild');
    this.tableLacksListeners = listening(observers, 'tableLacks');
    this.stalePickListeners = listening(observers, 'stalePick');
  }

  /** Called once a request: a call site for each listener sees one class and can be inlined. */
  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    if (this.endedFirst === null) return;
    this.endedFirst.requestEnded(request, outcome, endNs);
    if (this.endedSecond === null) return;
    this.endedSecond.requestEnded(request, outcome, endNs);
    for (const observer of this.endedRest) observer.requestEnded(request, outcome, endNs);
  }

  attemptFailed(request: RequestIndex, reason: FailureReason, atNs: number): void {
    for (const observer of this.attemptFailedListeners)
      observer.attemptFailed(request, reason, atNs);
  }

  cacheLookedUp(
    pop: number,
    server: number,
    tier: 'edge' | 'shield',
    result: CacheResult,
    bytes: number,
    atNs: number,
  ): void {
    for (const observer of this.cacheLookedUpListeners) {
      observer.cacheLookedUp(pop, server, tier, result, bytes, atNs);
    }
  }

  originFetchStarted(origin: number, pop: number, atNs: number): void {
    for (const observer of this.originFetchStartedListeners)
      observer.originFetchStarted(origin, pop, atNs);
  }

  originFetchEnded(
    origin: number,
    pop: number,
    failed: boolean,
    latencyNs: number,
    bytes: number,
    atNs: number,
  ): void {
    for (const observer of this.originFetchEndedListeners) {
      observer.originFetchEnded(origin, pop, failed, latencyNs, bytes, atNs);
    }
  }

  connectionBroken(region: number, fromPop: number, toPop: number, atNs: number): void {
    for (const observer of this.connectionBrokenListeners) {
      observer.connectionBroken(region, fromPop, toPop, atNs);
    }
  }

  connectionOpened(region: number, pop: number, atNs: number): void {
    for (const observer of this.connectionOpenedListeners)
      observer.connectionOpened(region, pop, atNs);
  }

  routeChanged(prefix: number, region: number, fromPop: number, toPop: number, atNs: number): void {
    for (const observer of this.routeChangedListeners) {
      observer.routeChanged(prefix, region, fromPop, toPop, atNs);
    }
  }

  bgpUpdateSent(count: number, atNs: number): void {
    for (const observer of this.bgpUpdateSentListeners) observer.bgpUpdateSent(count, atNs);
  }

  dnsQueried(region: number, atNs: number): void {
    for (const observer of this.dnsQueriedListeners) observer.dnsQueried(region, atNs);
  }

  keysMoved(pop: number, movedRatio: number, atNs: number): void {
    for (const observer of this.keysMovedListeners) observer.keysMoved(pop, movedRatio, atNs);
  }

  serverCrashed(server: number, untilNs: number, atNs: number): void {
    for (const observer of this.serverCrashedListeners)
      observer.serverCrashed(server, untilNs, atNs);
  }

  serverHealthChanged(server: number, healthy: boolean, atNs: number): void {
    for (const observer of this.serverHealthChangedListeners) {
      observer.serverHealthChanged(server, healthy, atNs);
    }
  }

  serverProbed(server: number, atNs: number): void {
    for (const observer of this.serverProbedListeners) observer.serverProbed(server, atNs);
  }

  originProbed(origin: number, pop: number, atNs: number): void {
    for (const observer of this.originProbedListeners) observer.originProbed(origin, pop, atNs);
  }

  balancerRetried(pop: number, atNs: number): void {
    for (const observer of this.balancerRetriedListeners) observer.balancerRetried(pop, atNs);
  }

  balancerRefused(pop: number, atNs: number): void {
    for (const observer of this.balancerRefusedListeners) observer.balancerRefused(pop, atNs);
  }

  tableBuild(balancer: number, isUnderWay: boolean, atNs: number): void {
    for (const observer of this.tableBuildListeners)
      observer.tableBuild(balancer, isUnderWay, atNs);
  }

  tableLacks(balancer: number, sinceNs: number | null, atNs: number): void {
    for (const observer of this.tableLacksListeners) observer.tableLacks(balancer, sinceNs, atNs);
  }

  stalePick(pop: number, atNs: number): void {
    for (const observer of this.stalePickListeners) observer.stalePick(pop, atNs);
  }
}

function listening<M extends keyof Observer>(
  observers: readonly Observer[],
  method: M,
): readonly Listening<M>[] {
  return observers.filter((observer): observer is Listening<M> => observer[method] !== undefined);
}
