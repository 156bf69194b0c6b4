import type { Outcome } from '../requests.ts';

/** Counted together: long enough to pay, short enough for the first-level cache. */
export const VISITS_MOST = 512;

/**
 * Visits that were served and are not counted yet, in the order in which they ended: columns that
 * the collector goes through at once, in a loop of its own.
 */
export class CompletedVisits {
  count = 0;
  /** Arrival process: it has one POP and one class. */
  readonly process = new Int32Array(VISITS_MOST);
  readonly server = new Int32Array(VISITS_MOST);
  readonly arrivedNs = new Float64Array(VISITS_MOST);
  /** From arrival to end. */
  readonly latencyNs = new Float64Array(VISITS_MOST);
  /** In the server's queue; below 0 by less than a rounding where it did not wait. */
  readonly waitedNs = new Float64Array(VISITS_MOST);
}

/** What each arrival process of a laboratory sends, and where. */
export interface LaboratorySources {
  readonly pop: Int32Array;
  readonly classIndex: Int32Array;
  readonly sizeBytes: Float64Array;
}

/** Who counts them. */
export interface VisitCounter {
  visitsCompleted(visits: CompletedVisits, sources: LaboratorySources): void;
  /** Rejected where the queue was full, Error where a balancer chose no server (NONE). */
  visitFailed(
    outcome: Outcome,
    process: number,
    server: number,
    arrivedNs: number,
    sources: LaboratorySources,
  ): void;
}
