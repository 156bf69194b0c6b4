/**
 * `traces.json`: single requests as waterfalls, in the order in which they were sent. Which are
 * traced depends on the seed alone, so the same requests are traced under every strategy: `id` is
 * equal for equal requests.
 */
export interface RecordedTraces {
  readonly format: 1;
  readonly one_in: number;
  /** True where there were more than were kept: the first ones are. */
  readonly is_cut: boolean;
  readonly requests: readonly RecordedRequest[];
}

export interface RecordedRequest {
  /** 8 hex digits. */
  readonly id: string;
  /** -1 in a laboratory. */
  readonly region: number;
  readonly client: number;
  /** Index of the class. */
  readonly class: number;
  /** -1 without objects. */
  readonly object: number;
  readonly size_bytes: number;
  readonly sent_s: number;
  /** From the first packet to the last byte, or to the failure; null when it did not end. */
  readonly latency_s: number | null;
  readonly outcome: TraceOutcome;
  readonly cache: TraceCache;
  /** POP and server of the last attempt; -1 when it came to none. */
  readonly pop: number;
  readonly server: number;
  readonly attempts: readonly TraceAttempt[];
  /** In order of their beginnings; none overlap, but `origin` may lie within `shield`. */
  readonly segments: readonly TraceSegment[];
}

export type TraceOutcome =
  | 'completed'
  | 'error'
  | 'rejected'
  | 'timeout'
  | 'unreachable'
  | 'unfinished';

export type TraceCache = 'none' | 'hit' | 'miss' | 'pass' | 'stale' | 'collapsed';

export interface TraceAttempt {
  readonly pop: number;
  readonly server: number;
  readonly started_s: number;
  /** Network round trip to that POP, and the least to any POP that was well; null in a lab. */
  readonly rtt_s: number | null;
  readonly best_rtt_s: number | null;
  /** Why this POP: `anycast prefix www: AS path eyeball-de → transit-3 → CDN …`. */
  readonly why_pop: string;
  /** Why this server: `two-choices among 22 of 24 servers …`; null when it reached no balancer. */
  readonly why_server: string | null;
  /** Why it failed and what followed; null for one that was answered. */
  readonly failure: string | null;
}

/**
 * `resolve`: the DNS answer (no time in this model). `connect`: handshakes, and the reset of a
 * broken connection. `request`: the client's packets on their way. `queue`, `service`: at the edge
 * server. `wait`: for somebody else's fetch (collapsed). `shield`, `origin`: the fetch of a miss.
 * `transfer`: the response on its way. `silence`: nobody answers. `backoff`: before a retry.
 */
export type TraceSegmentKind =
  | 'resolve'
  | 'connect'
  | 'request'
  | 'queue'
  | 'service'
  | 'wait'
  | 'shield'
  | 'origin'
  | 'transfer'
  | 'silence'
  | 'backoff';

export interface TraceSegment {
  readonly kind: TraceSegmentKind;
  readonly attempt: number;
  /** Since `sent_s` of the request. */
  readonly start_s: number;
  readonly duration_s: number;
  /** `shield ams`, `origin main`; null where the kind says it all. */
  readonly where: string | null;
}
