import type { CacheResult, Outcome, RequestIndex } from '../requests.ts';
import type { FailureReason } from '../world.ts';

/**
 * Those who watch a run. An observer changes nothing and draws from no stream; each method is
 * optional and an absent one costs nothing. Indices: `pop`, `server` (over all servers of the
 * world), `region`, `origin`, `prefix`, `link` as in the tables of the simulation.
 */
export interface Observer {
  /** Once a client request; its columns in `Requests` hold the rest. `endNs` may lie ahead. */
  requestEnded?(request: RequestIndex, outcome: Outcome, endNs: number): void;
  /** An attempt failed and will be retried. */
  attemptFailed?(request: RequestIndex, reason: FailureReason, atNs: number): void;
  cacheLookedUp?(
    pop: number,
    server: number,
    tier: 'edge' | 'shield',
    result: CacheResult,
    bytes: number,
    atNs: number,
  ): void;
  originFetchStarted?(origin: number, pop: number, atNs: number): void;
  originFetchEnded?(
    origin: number,
    pop: number,
    failed: boolean,
    latencyNs: number,
    bytes: number,
    atNs: number,
  ): void;
  /** A client found its kept connection gone because its POP changed. */
  connectionBroken?(region: number, fromPop: number, toPop: number, atNs: number): void;
  connectionOpened?(region: number, pop: number, atNs: number): void;
  routeChanged?(prefix: number, region: number, fromPop: number, toPop: number, atNs: number): void;
  bgpUpdateSent?(count: number, atNs: number): void;
  dnsQueried?(region: number, atNs: number): void;
  /**
   * The servers that may be picked in a POP have changed, and with them the servers of keys: the
   * share of keys that moved without need. Hashing policies only.
   */
  keysMoved?(pop: number, movedRatio: number, atNs: number): void;
  /** A server whose queue was full died of it, and will be back. */
  serverCrashed?(server: number, untilNs: number, atNs: number): void;
  serverHealthChanged?(server: number, healthy: boolean, atNs: number): void;
  /** A health probe was sent to a server of a POP, or to one of an origin. */
  serverProbed?(server: number, atNs: number): void;
  originProbed?(origin: number, pop: number, atNs: number): void;
  /** A balancer of the POP sent a failed request to another server, or refused one itself. */
  balancerRetried?(pop: number, atNs: number): void;
  balancerRefused?(pop: number, atNs: number): void;
  /** A balancer (over all instances) began to build a table, or has built it. */
  tableBuild?(balancer: number, isUnderWay: boolean, atNs: number): void;
  /** From now on the table of a balancer lacks what has changed since then; null: nothing. */
  tableLacks?(balancer: number, sinceNs: number | null, atNs: number): void;
  /** A balancer of the POP picked a server that has left, drains or is ill, by an old table. */
  stalePick?(pop: number, atNs: number): void;
}
