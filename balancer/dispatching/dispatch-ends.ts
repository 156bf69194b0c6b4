import type { BackendIndex } from '../backend-pool.ts';

/** Why a dispatcher has no backend for a request. */
export type Refusal =
  /** None may be picked. */
  | 'no-backend'
  /** The circuit breaker's limit on requests in flight. */
  | 'too-many-requests'
  /** Its limit on those that wait for a connection. */
  | 'too-many-waiting'
  /** It waited for a connection as long as it may. */
  | 'waited-too-long';

/**
 * Where a dispatcher's requests come out: what its holder (a proxy, a simulator) does with them
 * when it is told. `request` is the number that was given to `arrived`.
 */
export interface DispatchEnds {
  /** To a backend, which takes it in or not; when it leaves, or fails to come in: `left`. */
  send(request: number, backend: BackendIndex): void;
  /** The balancer itself answers 503; the dispatcher has done with it. */
  refused(request: number, why: Refusal): void;
  /** The time of a try is over: the holder waits no longer, and calls `left` and `retried`. */
  gaveUp(request: number): void;
  /** It is about to be tried again. */
  retrying?(request: number): void;
  /** It waited so long for a connection, ns, and has one. */
  waited?(request: number, waitedNs: number): void;
  /** Whether the balancer itself is down by now, for holders that can tell (simulators). */
  isDown?(): boolean;
  /** It was under way in the balancer when that went down. */
  lost?(request: number): void;
}
