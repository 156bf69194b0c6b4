import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';

/** Where a request is, as its dispatcher knows. */
export const Standing = {
  Outside: 0,
  /** Waits for the pick: for answers to load probes, or until somebody is within its rate. */
  Awaiting: 1,
  /** In the queue of its backend. */
  Waiting: 2,
  /** It has a connection, and is about to be sent. */
  Called: 3,
  Sent: 4,
} as const;

/** A dispatcher's own knowledge of a request under way. */
export interface Ticket {
  standing: (typeof Standing)[keyof typeof Standing];
  /** Grows with all that happens to it: what was meant for an earlier state is stale. */
  turn: number;
  keyHash: number;
  client: number;
  /** Of its sender, who may have asked before. */
  attempt: number;
  backend: BackendIndex;
  /** When it began to wait for a connection. */
  waitingNs: number;
  /** Whether its backend might be used then: not in panic, nor by a table that is out of date. */
  wasUsable: boolean;
  /** Retries by the dispatcher within the sender's attempt. */
  tries: number;
  isRetry: boolean;
  /** The dispatcher itself said no, which is no failure to retry. */
  isRefused: boolean;
  /** Where it failed before. */
  readonly previous: BackendIndex[];
}

/**
 * Tickets by number of the request. Numbers are small and are used again, as slots of a table are,
 * and so are tickets; dispatchers that share their numbers share these as well.
 */
export class Tickets {
  readonly #tickets: Ticket[] = [];

  of(request: number): Ticket {
    return (this.#tickets[request] ??= newTicket());
  }
}

/** Of a request that has not arrived at a dispatcher yet. */
function newTicket(): Ticket {
  return {
    standing: Standing.Outside,
    turn: 0,
    keyHash: 0,
    client: 0,
    attempt: 0,
    backend: NO_BACKEND,
    waitingNs: 0,
    wasUsable: true,
    tries: 0,
    isRetry: false,
    isRefused: false,
    previous: [],
  };
}
