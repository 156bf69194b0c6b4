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
  readonly #endedFirst: Listening<'requestEnded'> | null;
  readonly #endedSecond: Listening<'requestEnded'> | null;
  readonly #endedRest: readonly Listening<'requestEnded'>[];
  readonly #attemptFailed: readonly Listening<'attemptFailed'>[];
  readonly #cacheLookedUp: readonly Listening<'cacheLookedUp'>[];
  readonly #originFetchStarted: readonly Listening<'originFetchStarted'>[];
  readonly #originFetchEnded: readonly Listening<'originFetchEnded'>[];
  readonly #connectionBroken: readonly Listening<'connectionBroken'>[];
  readonly #connectionOpened: readonly Listening<'connectionOpened'>[];
  readonly #routeChanged: readonly Listening<'routeChanged'>[];
  readonly #bgpUpdateSent: readonly Listening<'bgpUpdateSent'>[];
  readonly #dnsQueried: readonly Listening<'dnsQueried'>[];
  readonly #keysMoved: readonly Listening<'keysMoved'>[];
  readonly #serverCrashed: readonly Listening<'serverCrashed'>[];
  readonly #serverHealthChanged: readonly Listening<'serverHealthChanged'>[];
  readonly #serverProbed: readonly Listening<'serverProbed'>[];
  readonly #originProbed: readonly Listening<'originProbed'>[];
  readonly #balancerRetried: readonly Listening<'balancerRetried'>[];
  readonly #balancerRefused: readonly Listening<'balancerRefused'>[];
  readonly #tableBuild: readonly Listening<'tableBuild'>[];
  readonly #tableLacks: readonly Listening<'tableLacks'>[];
  readonly #stalePick: readonly Listening<'stalePick'>[];

  constructor(observers: readonly Observer[]) {
    const ended = listening(observers, 'requestEnded');
    this.#endedFirst = ended[0] ?? null;
    this.#endedSecond = ended[1] ?? null;
    this.#endedRest = ended.slice(2);
    this.#attemptFailed = listening(observers, 'attemptFailed');
    this.#cacheLookedUp = listening(observers, 'cacheLookedUp');
    this.#originFetchStarted = listening(observers, 'originFetchStarted');
    this.#originFetchEnded = listening(observers, 'originFetchEnded');
    this.#connectionBroken = listening(observers, 'connectionBroken');
    this.#connectionOpened = listening(observers, 'connectionOpened');
    this.#routeChanged = listening(observers, 'routeChanged');
    this.#bgpUpdateSent = listening(observers, 'bgpUpdateSent');
    this.#dnsQueried = listening(observers, 'dnsQueried');
    this.#keysMoved = listening(observers, 'keysMoved');
    this.#serverCrashed = listening(observers, 'serverCrashed');
    this.#serverHealthChanged = listening(observers, 'serverHealthChanged');
    this.#serverProbed = listening(observers, 'serverProbed');
    this.#originProbed = listening(observers, 'originProbed');
    this.#balancerRetried = listening(observers, 'balancerRetried');
    this.#balancerRefused = listening(observers, 'balancerRefused');
    this.#tableBuild = listening(observers, 'tableBuild');
    this.#tableLacks = listening(observers, 'tableLacks');
    this.#stalePick = listening(observers, 'stalePick');
  }

  /** Called once a request: a call site for each listener sees one class and can be inlined. */
  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    if (this.#endedFirst === null) return;
    this.#endedFirst.requestEnded(request, outcome, endNs);
    if (this.#endedSecond === null) return;
    this.#endedSecond.requestEnded(request, outcome, endNs);
    for (const observer of this.#endedRest) observer.requestEnded(request, outcome, endNs);
  }

  attemptFailed(request: RequestIndex, reason: FailureReason, atNs: number): void {
    for (const observer of this.#attemptFailed) observer.attemptFailed(request, reason, atNs);
  }

  cacheLookedUp(
    pop: number,
    server: number,
    tier: 'edge' | 'shield',
    result: CacheResult,
    bytes: number,
    atNs: number,
  ): void {
    for (const observer of this.#cacheLookedUp) {
      observer.cacheLookedUp(pop, server, tier, result, bytes, atNs);
    }
  }

  originFetchStarted(origin: number, pop: number, atNs: number): void {
    for (const observer of this.#originFetchStarted) observer.originFetchStarted(origin, pop, atNs);
  }

  originFetchEnded(
    origin: number,
    pop: number,
    failed: boolean,
    latencyNs: number,
    bytes: number,
    atNs: number,
  ): void {
    for (const observer of this.#originFetchEnded) {
      observer.originFetchEnded(origin, pop, failed, latencyNs, bytes, atNs);
    }
  }

  connectionBroken(region: number, fromPop: number, toPop: number, atNs: number): void {
    for (const observer of this.#connectionBroken) {
      observer.connectionBroken(region, fromPop, toPop, atNs);
    }
  }

  connectionOpened(region: number, pop: number, atNs: number): void {
    for (const observer of this.#connectionOpened) observer.connectionOpened(region, pop, atNs);
  }

  routeChanged(prefix: number, region: number, fromPop: number, toPop: number, atNs: number): void {
    for (const observer of this.#routeChanged) {
      observer.routeChanged(prefix, region, fromPop, toPop, atNs);
    }
  }

  bgpUpdateSent(count: number, atNs: number): void {
    for (const observer of this.#bgpUpdateSent) observer.bgpUpdateSent(count, atNs);
  }

  dnsQueried(region: number, atNs: number): void {
    for (const observer of this.#dnsQueried) observer.dnsQueried(region, atNs);
  }

  keysMoved(pop: number, movedRatio: number, atNs: number): void {
    for (const observer of this.#keysMoved) observer.keysMoved(pop, movedRatio, atNs);
  }

  serverCrashed(server: number, untilNs: number, atNs: number): void {
    for (const observer of this.#serverCrashed) observer.serverCrashed(server, untilNs, atNs);
  }

  serverHealthChanged(server: number, healthy: boolean, atNs: number): void {
    for (const observer of this.#serverHealthChanged) {
      observer.serverHealthChanged(server, healthy, atNs);
    }
  }

  serverProbed(server: number, atNs: number): void {
    for (const observer of this.#serverProbed) observer.serverProbed(server, atNs);
  }

  originProbed(origin: number, pop: number, atNs: number): void {
    for (const observer of this.#originProbed) observer.originProbed(origin, pop, atNs);
  }

  balancerRetried(pop: number, atNs: number): void {
    for (const observer of this.#balancerRetried) observer.balancerRetried(pop, atNs);
  }

  balancerRefused(pop: number, atNs: number): void {
    for (const observer of this.#balancerRefused) observer.balancerRefused(pop, atNs);
  }

  tableBuild(balancer: number, isUnderWay: boolean, atNs: number): void {
    for (const observer of this.#tableBuild) observer.tableBuild(balancer, isUnderWay, atNs);
  }

  tableLacks(balancer: number, sinceNs: number | null, atNs: number): void {
    for (const observer of this.#tableLacks) observer.tableLacks(balancer, sinceNs, atNs);
  }

  stalePick(pop: number, atNs: number): void {
    for (const observer of this.#stalePick) observer.stalePick(pop, atNs);
  }
}

function listening<M extends keyof Observer>(
  observers: readonly Observer[],
  method: M,
): readonly Listening<M>[] {
  return observers.filter((observer): observer is Listening<M> => observer[method] !== undefined);
}
