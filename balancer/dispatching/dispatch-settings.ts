/** What a dispatcher does besides picking, in base units; each absent part costs nothing. */
export interface DispatchSettings {
  readonly retries?: RetrySettings;
  readonly limits?: LimitSettings;
  readonly affinity?: AffinitySettings;
}

/** How a try failed; `5xx` as a wish covers 503 and 504. */
export type FailureReason = 'timeout' | 'reset' | 'connect_error' | '503' | '504' | '5xx';

/** Retries by the balancer itself, before its client hears of anything. */
export interface RetrySettings {
  readonly on: readonly FailureReason[];
  readonly max: number;
  /** Another backend is drawn so often to avoid those tried before (Envoy's host predicate). */
  readonly avoidPrevious: number;
  /** After which the balancer waits no longer for a backend; Infinity. */
  readonly perTryNs: number;
  readonly budget: RetryBudgetSettings | null;
}

export type RetryBudgetSettings =
  | { readonly kind: 'active'; readonly ratio: number; readonly least: number }
  | {
      readonly kind: 'deposit';
      readonly ratio: number;
      readonly perSecond: number;
      readonly ttlNs: number;
    };

/** Of one instance, all backends together, but for `connections`. Infinity is no limit. */
export interface LimitSettings {
  /** Requests in flight. */
  readonly requests: number;
  /** Requests waiting in the balancer because `connections` are taken. */
  readonly pending: number;
  /** Retries of the balancer in flight. */
  readonly retries: number;
  /** Requests in flight to one backend; the next waits. */
  readonly connections: number;
  /** After which a waiting request is refused. */
  readonly pendingTimeoutNs: number;
}

/** Requests of a client go where its first went, as long as that backend may be picked. */
export interface AffinitySettings {
  /** `cookie`: the client carries it. `client`: a table of each instance, by address. */
  readonly by: 'cookie' | 'client';
  /** Forgotten after so long without a request. */
  readonly ttlNs: number;
  /** A drained backend keeps its clients (HAProxy); else they move at once. */
  readonly keepsDraining: boolean;
}
