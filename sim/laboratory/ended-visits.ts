/** Counted together: long enough to pay, short enough for the first-level cache. */
const BATCH = 512;

/**
 * Visits that ended and are not counted yet, in the order in which they ended: columns that the
 * collector goes through at once, in a loop of its own.
 */
export class EndedVisits {
  count = 0;
  readonly capacity = BATCH;
  readonly arrivedNs = new Float64Array(BATCH);
  /** Completed, Rejected where the queue was full, Error where a balancer chose no server. */
  readonly outcome = new Uint8Array(BATCH);
  /** From arrival to end, if completed. */
  readonly latencyNs = new Float64Array(BATCH);
  readonly waitedNs = new Float64Array(BATCH);
  /** NONE where none was chosen. */
  readonly server = new Int32Array(BATCH);
  /** Arrival process: it has one POP and one class. */
  readonly process = new Int32Array(BATCH);
}

/** What each arrival process of a laboratory sends, and where. */
export interface LaboratorySources {
  readonly pop: Int32Array;
  readonly classIndex: Int32Array;
  readonly sizeBytes: Float64Array;
}

/** Who counts them. */
export interface VisitCounter {
  visitsEnded(visits: EndedVisits, sources: LaboratorySources): void;
}
