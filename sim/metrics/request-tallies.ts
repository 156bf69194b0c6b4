import type { CompletedVisits } from '../laboratory/completed-visits.ts';
import { type CacheResult, Outcome, type RequestIndex, type Requests } from '../requests.ts';
import { HistogramRows } from './histogram-rows.ts';

/** What is counted of requests; one column each. */
export const Tally = {
  Requests: 0,
  Completed: 1,
  /** 5xx of any cause, `Rejected` among them. */
  Errors: 2,
  Rejected: 3,
  Timeouts: 4,
  Unreachable: 5,
  Retries: 6,
  LatencyNs: 7,
  TtfbNs: 8,
  QueueWaitNs: 9,
  /** Requests that took a place at a server, whose waiting therefore counts. */
  Queued: 10,
  /** Delivered to clients. */
  Bytes: 11,
  RttNs: 12,
  /** Answered requests of which the network round trip is known. */
  Routed: 13,
  InflationNs: 14,
  Worse25ms: 15,
  Worse100ms: 16,
  NearestPop: 17,
  /** Answered fresh from a cache. */
  FreshHits: 18,
  Misses: 19,
  Passes: 20,
  Stale: 21,
  Collapsed: 22,
} as const;
export type Tally = (typeof Tally)[keyof typeof Tally];

/** 23 columns padded to four cache lines of eight doubles. */
const STRIDE = 32;
const CACHE_TALLY = [
  -1,
  Tally.FreshHits,
  Tally.Misses,
  Tally.Passes,
  Tally.Stale,
  Tally.Collapsed,
] as const satisfies Readonly<Record<CacheResult, number>>;

/** Calder et al. (IMC 2015) report how many clients are at least so much worse than their best. */
const WORSE_NS = 25e6;
const MUCH_WORSE_NS = 100e6;
/** Round trips are whole nanoseconds: anything less apart is the same path. */
const SAME_PATH_NS = 1;

/**
 * Figures of ended requests for many groups (segments of the story, POPs, classes, regions), a row
 * each. `take` reads a request once; `addTo` then counts it in as many rows as it belongs to.
 */
export class RequestTallies {
  readonly latency: HistogramRows;
  readonly ttfb: HistogramRows;
  readonly rtt: HistogramRows;
  readonly inflation: HistogramRows;
  readonly limitsNs: readonly number[];

  private readonly requests: Requests;
  private readonly detailedRowCount: number;
  private readonly tally: Float64Array;
  private readonly latencyNsMin: Float64Array;
  private readonly latencyNsMax: Float64Array;
  private readonly overLimit: Float64Array;

  // The request that `take` read last.
  #outcome: Outcome = Outcome.Completed;
  #latencyNs = 0;
  #ttfbNs = 0;
  #queueWaitNs = 0;
  #queued = false;
  #sizeBytes = 0;
  #rttNs = 0;
  #inflationNs = 0;
  #routed = false;
  #cacheTally = -1;
  #retries = 0;
  #latencyBucket = 0;
  #ttfbBucket = 0;
  #rttBucket = 0;
  #inflationBucket = 0;

  /** The first `detailedRowCount` rows have quantiles of everything, the rest of latency only. */
  constructor(
    requests: Requests,
    rowCount: number,
    detailedRowCount: number,
    limitsNs: readonly number[],
  ) {
    this.requests = requests;
    this.detailedRowCount = detailedRowCount;
    this.limitsNs = limitsNs;
    this.latency = new HistogramRows(rowCount);
    this.ttfb = new HistogramRows(detailedRowCount);
    this.rtt = new HistogramRows(detailedRowCount);
    this.inflation = new HistogramRows(detailedRowCount);
    this.tally = new Float64Array(rowCount * STRIDE);
    this.latencyNsMin = new Float64Array(rowCount).fill(Infinity);
    this.latencyNsMax = new Float64Array(rowCount).fill(-Infinity);
    this.overLimit = new Float64Array(rowCount * limitsNs.length);
  }

  take(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const requests = this.requests;
    this.#outcome = outcome;
    this.#retries = requests.attempt[request]!;
    this.#queueWaitNs = requests.queueWaitNs[request]!;
    this.#queued =
      requests.server[request]! >= 0 &&
      outcome !== Outcome.Rejected &&
      outcome !== Outcome.Unreachable;
    this.#cacheTally = CACHE_TALLY[requests.cacheResult[request]!]!;
    if (outcome === Outcome.Completed) {
      this.#latencyNs = endNs - requests.arrivedNs[request]!;
      this.#ttfbNs = requests.ttfbNs;
      this.#sizeBytes = requests.sizeBytes[request]!;
      this.#latencyBucket = this.latency.bucketOf(this.#latencyNs);
      this.#ttfbBucket = this.ttfb.bucketOf(this.#ttfbNs);
    }
    this.#takeRoute(request, outcome);
  }

  /** Reads a visit of a laboratory that no server took: all that there is of its request. */
  takeFailedVisit(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#queued = false;
  }

  addTo(row: number): void {
    const tally = this.tally;
    const first = row * STRIDE;
    tally[first + Tally.Requests]!++;
    tally[first + Tally.Retries]! += this.#retries;
    if (this.#queued) {
      tally[first + Tally.Queued]!++;
      tally[first + Tally.QueueWaitNs]! += this.#queueWaitNs;
    }
    if (this.#cacheTally >= 0) tally[first + this.#cacheTally]!++;
    if (this.#outcome === Outcome.Completed) this.#addCompleted(row, first);
    else this.#addFailed(first);
    if (this.#routed) this.#addRoute(row, first);
  }

  /**
   * Counts visits of a laboratory that were served, each in its row (below 0: in none). They are
   * all of their requests, and mostly of one row for long.
   */
  addVisits(visits: CompletedVisits, rows: Int32Array, sizeBytes: Float64Array): void {
    for (let from = 0, until = 0; from < visits.count; from = until) {
      const row = rows[from]!;
      while (until < visits.count && rows[until] === row) until++;
      if (row >= 0) this.#addRun(row, visits, from, until, sizeBytes);
    }
  }

  /** Total of one column over some rows. */
  sum(column: Tally, rows: readonly number[]): number {
    let total = 0;
    for (const row of rows) total += this.tally[row * STRIDE + column]!;
    return total;
  }

  /** Infinity and -Infinity where nothing was completed. */
  latencyExtremesNs(rows: readonly number[]): { readonly min: number; readonly max: number } {
    let min = Infinity;
    let max = -Infinity;
    for (const row of rows) {
      min = Math.min(min, this.latencyNsMin[row]!);
      max = Math.max(max, this.latencyNsMax[row]!);
    }
    return { min, max };
  }

  /** Completed requests slower than limit number `limit`. */
  overLimitCount(limit: number, rows: readonly number[]): number {
    let total = 0;
    for (const row of rows) total += this.overLimit[row * this.limitsNs.length + limit]!;
    return total;
  }

  /** Only an answered request tells a round trip; in a laboratory none does. */
  #takeRoute(request: RequestIndex, outcome: Outcome): void {
    const requests = this.requests;
    const bestRttNs = requests.bestRttNs[request]!;
    this.#routed =
      requests.region[request]! >= 0 && outcome <= Outcome.Rejected && bestRttNs < Infinity;
    if (!this.#routed) return;
    this.#rttNs = requests.rttNs[request]!;
    this.#inflationNs = Math.max(0, this.#rttNs - bestRttNs);
    this.#rttBucket = this.rtt.bucketOf(this.#rttNs);
    this.#inflationBucket = this.inflation.bucketOf(this.#inflationNs);
  }

  #addCompleted(row: number, first: number): void {
    const tally = this.tally;
    const latencyNs = this.#latencyNs;
    tally[first + Tally.Completed]!++;
    tally[first + Tally.LatencyNs]! += latencyNs;
    tally[first + Tally.TtfbNs]! += this.#ttfbNs;
    tally[first + Tally.Bytes]! += this.#sizeBytes;
    if (latencyNs < this.latencyNsMin[row]!) this.latencyNsMin[row] = latencyNs;
    if (latencyNs > this.latencyNsMax[row]!) this.latencyNsMax[row] = latencyNs;
    this.latency.count(row, this.#latencyBucket);
    if (row < this.detailedRowCount) this.ttfb.count(row, this.#ttfbBucket);
    this.#countOverLimits(row, latencyNs);
  }

  /** Visits [from, until) of one row: their sums stay in registers. */
  #addRun(
    row: number,
    visits: CompletedVisits,
    from: number,
    until: number,
    sizeBytes: Float64Array,
  ): void {
    const { latency } = this;
    const { process, latencyNs: latenciesNs, waitedNs: waitsNs } = visits;
    const latencyCounts = latency.countsOf(row);
    const ttfbCounts = this.ttfb.countsOf(row);
    const tally = this.tally;
    const first = row * STRIDE;
    let latencyNsSum = tally[first + Tally.LatencyNs]!;
    let waitNsSum = tally[first + Tally.QueueWaitNs]!;
    let bytes = tally[first + Tally.Bytes]!;
    let min = this.latencyNsMin[row]!;
    let max = this.latencyNsMax[row]!;
    for (let i = from; i < until; i++) {
      const latencyNs = latenciesNs[i]!;
      const waitNs = waitsNs[i]!;
      latencyNsSum += latencyNs;
      if (waitNs > 0) waitNsSum += waitNs;
      bytes += sizeBytes[process[i]!]!;
      if (latencyNs < min) min = latencyNs;
      if (latencyNs > max) max = latencyNs;
      const bucket = latency.bucketOf(latencyNs);
      latencyCounts[bucket]!++;
      ttfbCounts[bucket]!++;
      this.#countOverLimits(row, latencyNs);
    }
    tally[first + Tally.Requests]! += until - from;
    tally[first + Tally.Queued]! += until - from;
    tally[first + Tally.Completed]! += until - from;
    tally[first + Tally.LatencyNs] = latencyNsSum;
    // the first byte is the last
    tally[first + Tally.TtfbNs] = latencyNsSum;
    tally[first + Tally.QueueWaitNs] = waitNsSum;
    tally[first + Tally.Bytes] = bytes;
    this.latencyNsMin[row] = min;
    this.latencyNsMax[row] = max;
  }

  #countOverLimits(row: number, latencyNs: number): void {
    const { limitsNs } = this;
    for (let limit = 0; limit < limitsNs.length; limit++) {
      if (latencyNs > limitsNs[limit]!) this.overLimit[row * limitsNs.length + limit]!++;
    }
  }

  #addFailed(first: number): void {
    const tally = this.tally;
    switch (this.#outcome) {
      case Outcome.Rejected:
        tally[first + Tally.Rejected]!++;
        tally[first + Tally.Errors]!++;
        break;
      case Outcome.Error:
        tally[first + Tally.Errors]!++;
        break;
      case Outcome.Timeout:
        tally[first + Tally.Timeouts]!++;
        break;
      default:
        tally[first + Tally.Unreachable]!++;
    }
  }

  #addRoute(row: number, first: number): void {
    const tally = this.tally;
    const inflationNs = this.#inflationNs;
    tally[first + Tally.Routed]!++;
    tally[first + Tally.RttNs]! += this.#rttNs;
    tally[first + Tally.InflationNs]! += inflationNs;
    if (inflationNs < SAME_PATH_NS) tally[first + Tally.NearestPop]!++;
    if (inflationNs >= WORSE_NS) tally[first + Tally.Worse25ms]!++;
    if (inflationNs >= MUCH_WORSE_NS) tally[first + Tally.Worse100ms]!++;
    if (row >= this.detailedRowCount) return;
    this.rtt.count(row, this.#rttBucket);
    this.inflation.count(row, this.#inflationBucket);
  }
}
