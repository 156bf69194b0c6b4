import type { Balancer } from '../../balancer/index.ts';
import type { FailureReason } from '../../sim/world.ts';
import { Moment } from './processes.ts';
import type { SlowServer } from './slow-world.ts';
import type { Job } from './stations.ts';

export type SlowOutcome = 'completed' | 'error' | 'rejected' | 'timeout' | 'unreachable';
export type SlowCacheResult = 'none' | 'hit' | 'miss' | 'pass' | 'stale' | 'collapsed';

/** A client request, as one object. */
export interface SlowRequest {
  readonly region: number;
  readonly classIndex: number;
  readonly client: number;
  readonly object: number;
  readonly keyHash: number;
  readonly seed: number;
  readonly serviceNs: number;
  readonly sizeBytes: number;
  readonly arrivedNs: number;
  attempt: number;
  pop: number;
  server: number;
  prefix: number;
  rttNs: number;
  queueWaitNs: number;
  ttfbNs: number | null;
  cacheResult: SlowCacheResult;
  isNewConnection: boolean;
  outcome: SlowOutcome | null;
  endNs: number;
}

/** What an attempt begins with. */
export const NOTHING_YET = {
  server: -1,
  queueWaitNs: 0,
  cacheResult: 'none',
  isNewConnection: false,
} as const;

export type End =
  | { readonly what: 'response'; readonly endNs: number }
  | { readonly what: FailureReason; readonly outcome: SlowOutcome; readonly afterNs: number }
  | { readonly what: 'gave up' };

/** One attempt of a request; over when its end has happened. */
export class Attempt {
  readonly end = new Moment<End>();
  readonly startedNs: number;
  readonly deadlineNs: number;
  server: SlowServer | null = null;
  job: Job | null = null;
  leaveFetch: (() => void) | null = null;
  finish: ((outcome: BackendOutcome) => void) | null = null;

  constructor(startedNs: number, timeoutNs: number) {
    this.startedNs = startedNs;
    this.deadlineNs = startedNs + timeoutNs;
  }

  /** The POP forgets it. */
  leave(outcome: BackendOutcome): void {
    if (this.job !== null) this.server!.station.abandon(this.job);
    this.leaveFetch?.();
    this.finish?.(outcome);
    this.job = null;
    this.leaveFetch = null;
    this.finish = null;
  }
}

type BackendOutcome = Parameters<Balancer['finish']>[1];
