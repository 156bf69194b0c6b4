import { NONE } from '../../requests.ts';

/** Where a request is, as its balancer knows. */
export const Standing = {
  Outside: 0,
  /** Waits for the pick: for answers to load probes, or until somebody is within its rate. */
  Awaiting: 1,
  /** In the queue of its server. */
  Waiting: 2,
  /** It has a connection, and is about to be sent. */
  Called: 3,
  Sent: 4,
} as const;

/** The balancer's own knowledge of a request under way. */
export interface Ticket {
  standing: (typeof Standing)[keyof typeof Standing];
  /** Grows with all that happens to it: what was meant for an earlier state is stale. */
  turn: number;
  balancer: number;
  server: number;
  /** When it began to wait for a connection. */
  waitingNs: number;
  /** Retries by the balancer within the client's attempt. */
  tries: number;
  isRetry: boolean;
  previous: number[];
}

/** Of a request that has not arrived at a balancer yet. */
export function newTicket(): Ticket {
  return {
    standing: Standing.Outside,
    turn: 0,
    balancer: NONE,
    server: NONE,
    waitingNs: 0,
    tries: 0,
    isRetry: false,
    previous: [],
  };
}
