/**
 * What can happen. A kind is a noun phrase of what *has happened*; exactly one handler is
 * registered for each. The comment says what the event's two integers, `subject` and `detail`, are.
 */
export const EventKind = {
  /** A client sends a request. Subject: arrival process; detail: its generation. */
  Arrival: 0,
  /** A request's first packet is at its POP. Subject: request; detail: its generation. */
  PopReached: 1,
  /**
   * A server of a POP is done. FIFO: subject: visit; detail: its generation.
   * Processor sharing: subject: −1 − server; detail: the server's generation.
   */
  ServiceEnded: 2,
  /** The first timeout in a pipe of client deadlines is due. Subject: pipe; detail: unused. */
  ClientDeadline: 3,
  /** A client's patience in a queue is over. Subject: request; detail: its generation. */
  PatienceEnded: 4,
  /** A fetch is at its shield POP. Subject: fetch; detail: its generation. */
  ShieldReached: 5,
  /** A fetch is at its origin. Subject: fetch; detail: its generation. */
  OriginReached: 6,
  /** An origin's server is done. Subject and detail as in ServiceEnded. */
  OriginServiceEnded: 7,
  /** The first timeout in a pipe of origin deadlines is due. Subject: origin; detail: unused. */
  OriginDeadline: 8,
  /** A response is back at the cache that asked. Subject: fetch; detail: its generation. */
  FillReached: 9,
  /** A client tries again after its backoff. Subject: request; detail: its generation. */
  RetryDue: 10,
  /** A timer of the control plane. Subject: slot of its closure; detail: the slot's generation. */
  TimerFired: 11,
  /** An arrival process takes its next rate. Subject: process; detail: its generation. */
  RateStepped: 12,
  /** An origin without servers has answered. Subject: fetch; detail: its generation. */
  OriginAnswered: 13,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Name of each kind, by its number. */
export const eventKindNames: readonly string[] = Object.entries(EventKind)
  .sort(([, a], [, b]) => a - b)
  .map(([name]) => name);
