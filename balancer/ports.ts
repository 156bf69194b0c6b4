import type { BackendIndex } from './backend-pool.ts';

/**
 * The four ports through which a world reaches the balancer: time, timers, randomness, probes. A
 * proxy binds them to the machine (`balancer/live`), a simulator to its kernel; nothing else in
 * this folder knows which of the two it lives in.
 */

/** Time as an integer number of nanoseconds since a moment of the holder's choice; never falls. */
export interface Clock {
  readonly nowNs: number;
}

export type TimerId = number & { readonly brand: 'TimerId' };

export interface Timers extends Clock {
  /** Runs `run` once, `delayNs` ≥ 0 from now; timers due at one time run in order of calling. */
  after(delayNs: number, run: () => void): TimerId;
  /** Does nothing when the timer has fired or was cancelled before. */
  cancel(timer: TimerId): void;
}

/** Uniform in [0, 1). */
export type RandomSource = () => number;

/** A wrong answer is one that came, but not as expected: to most rules a failure like another. */
export type ProbeOutcome = 'pass' | 'fail' | 'wrong-answer';

export interface Prober {
  /**
   * Sends one probe; calls `done` at most once, never before returning. The checker has its own
   * timeout, so a prober may leave a lost probe unanswered.
   */
  probe(backend: BackendIndex, done: (outcome: ProbeOutcome) => void): void;
}

/** How one forwarded request ended, as the balancer saw it. */
export type Outcome = 'success' | 'server-error' | 'rejected' | 'timeout' | 'connect-error';

/** What a backend says of its own load; what it does not say is absent. */
export interface LoadReport {
  readonly requestsInFlight?: number;
  /** Of a request at about the present load. */
  readonly latencyNs?: number;
  /** Mean of the work of a request, without waiting. */
  readonly serviceNs?: number;
  readonly queriesPerSecond?: number;
  readonly errorsPerSecond?: number;
  /** Used part of its capacity; above 0, may exceed 1. */
  readonly utilisation?: number;
  /** Of the newest look-ups in its cache, from 0 to 1. */
  readonly hitRatio?: number;
}

export interface LoadAsker {
  /**
   * Asks one backend for its load; calls `answered` at most once, never before returning. Whoever
   * asks has a timeout of its own.
   */
  ask(backend: BackendIndex, answered: (report: LoadReport) => void): void;
}

export interface LoadProber {
  /**
   * Asks one backend for its load; the answer, if any, goes to `Balancer.report`. Its timeout is
   * the prober's own.
   */
  probe(backend: BackendIndex): void;
}
