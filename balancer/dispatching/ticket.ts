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

/** How far a backend may be used, by what its pool knows; the greater the better. */
export const Fitness = {
  Gone: 0,
  /** An old table may name it still. */
  Disabled: 1,
  /** It may be picked in panic. */
  Ill: 2,
  Usable: 3,
} as const;
export type Fitness = (typeof Fitness)[keyof typeof Fitness];

/** What a dispatcher knows of a request under way; rewritten for the next of the same number. */
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
  /** How fit its backend was then; see `Fitness`. */
  fitness: Fitness;
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
    fitness: Fitness.Usable,
    tries: 0,
    isRetry: false,
    isRefused: false,
    previous: [],
  };
}
