import type {
  RecordedRequest,
  TraceAttempt,
  TraceCache,
  TraceOutcome,
  TraceSegment,
  TraceSegmentKind,
} from '../../recording.ts';
import { CacheResult, NONE, Outcome, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';

/** Where a request is: a kind of segment, and at whom. */
export interface Phase {
  readonly kind: TraceSegmentKind;
  readonly where: string | null;
}

/** The waterfall of one request, as it grows. Times on the scenario's clock, ns. */
export class Trace {
  /** First packet of the attempt that is traced now. */
  attemptNs = -1;
  /** When its first packet reached its POP; −1 before. */
  reachedNs = -1;
  server = NONE;
  isBackingOff = false;

  private readonly requestIndex: RequestIndex;
  private readonly sentNs: number;
  private readonly facts: Omit<
    RecordedRequest,
    'outcome' | 'latency_s' | 'cache' | 'pop' | 'server'
  >;
  readonly #attempts: TraceAttempt[] = [];
  readonly #segments: TraceSegment[] = [];
  #phase: Phase | null = null;
  #phaseNs = 0;
  #end: Pick<RecordedRequest, 'outcome' | 'latency_s' | 'cache' | 'pop' | 'server'> = {
    outcome: 'unfinished',
    latency_s: null,
    cache: 'none',
    pop: -1,
    server: -1,
  };

  constructor({ requests }: Tables, request: RequestIndex) {
    this.requestIndex = request;
    this.sentNs = requests.arrivedNs[request]!;
    this.facts = {
      id: (requests.seed[request]! >>> 0).toString(16).padStart(8, '0'),
      region: requests.region[request]!,
      client: requests.client[request]!,
      class: requests.classIndex[request]!,
      object: requests.object[request]!,
      size_bytes: requests.sizeBytes[request]!,
      sent_s: this.sentNs / 1e9,
      attempts: this.#attempts,
      segments: this.#segments,
    };
  }

  get request(): RequestIndex {
    return this.requestIndex;
  }

  get phase(): Phase | null {
    return this.#phase;
  }

  begin(attempt: TraceAttempt): void {
    this.#attempts.push(attempt);
  }

  /** More is known of the attempt under way. */
  amend(facts: Partial<TraceAttempt>): void {
    const last = this.#attempts.length - 1;
    if (last >= 0) this.#attempts[last] = { ...this.#attempts[last]!, ...facts };
  }

  /** From now on it is elsewhere; null = at nobody's, for a moment. */
  enter(phase: Phase | null, nowNs: number): void {
    const { kind, where } = this.#phase ?? { kind: null, where: null };
    if (phase !== null && phase.kind === kind && phase.where === where) return;
    if (kind !== null) this.add({ kind, where }, this.#phaseNs, nowNs);
    this.#phase = phase;
    this.#phaseNs = nowNs;
  }

  /** A stretch that is known when it is over; none of length 0 but `resolve`. */
  add({ kind, where }: Phase, fromNs: number, untilNs: number): void {
    if (untilNs <= fromNs && kind !== 'resolve') return;
    this.#segments.push({
      kind,
      attempt: Math.max(0, this.#attempts.length - 1),
      start_s: (fromNs - this.sentNs) / 1e9,
      duration_s: (untilNs - fromNs) / 1e9,
      where,
    });
  }

  ended({ requests }: Tables, outcome: Outcome, endNs: number): void {
    const request = this.requestIndex;
    this.#end = {
      outcome: OUTCOMES[outcome],
      latency_s: (endNs - this.sentNs) / 1e9,
      cache: CACHE_RESULTS[requests.cacheResult[request]! as CacheResult],
      pop: requests.pop[request]!,
      server: requests.server[request]!,
    };
  }

  recorded(): RecordedRequest {
    return { ...this.facts, ...this.#end };
  }
}

const OUTCOMES: Readonly<Record<Outcome, TraceOutcome>> = {
  [Outcome.Completed]: 'completed',
  [Outcome.Error]: 'error',
  [Outcome.Rejected]: 'rejected',
  [Outcome.Timeout]: 'timeout',
  [Outcome.Unreachable]: 'unreachable',
};

const CACHE_RESULTS: Readonly<Record<CacheResult, TraceCache>> = {
  [CacheResult.None]: 'none',
  [CacheResult.Hit]: 'hit',
  [CacheResult.Miss]: 'miss',
  [CacheResult.Pass]: 'pass',
  [CacheResult.Stale]: 'stale',
  [CacheResult.Collapsed]: 'collapsed',
};
