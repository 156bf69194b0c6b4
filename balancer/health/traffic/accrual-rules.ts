import { expOfNegative } from '../../numbers/exp.ts';

/**
 * When a backend is dead, from its results in their order. Rules of Finagle's
 * `FailureAccrualPolicy`.
 */
export interface AccrualRule {
  /** Whether the backend is dead with it. */
  failed(nowNs: number): boolean;
  succeeded(nowNs: number): boolean;
  revived(nowNs: number): void;
}

/** Dead at so many failures in a row. */
export class ConsecutiveFailures implements AccrualRule {
  readonly #limit: number;
  #inRow = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  failed(): boolean {
    return ++this.#inRow >= this.#limit;
  }

  succeeded(): boolean {
    this.#inRow = 0;
    return false;
  }

  revived(): void {
    this.#inRow = 0;
  }
}

export interface SuccessRateSettings {
  /** Dead when the average of 1 (success) and 0 (failure) is below it. */
  readonly required: number;
  /** After so many requests, or so long, a result has lost all but 1/e of its weight. */
  readonly window: { readonly requests: number } | { readonly ns: number };
  /**
   * Requests before the rule speaks: in all, or within the window of time, which must have passed
   * as well since the backend joined or was revived.
   */
  readonly leastRequests: number;
}

/** Buckets of Finagle's `WindowedAdder` for the requests within a window of time. */
const BUCKETS = 5;

/**
 * Dead at a failure when the exponentially weighted success rate is too low and there were enough
 * requests. A success never kills.
 */
export class SuccessRate implements AccrualRule {
  readonly #settings: SuccessRateSettings;
  #rate = 0;
  /** Stamp of the latest result, in requests or ns; −1 before the first. */
  #stamp = -1;
  #requestCount = 0;
  #sinceNs: number;
  readonly #recent: RecentCount | undefined;

  /** Of a backend that joins now. */
  constructor(settings: SuccessRateSettings, nowNs: number) {
    this.#settings = settings;
    this.#sinceNs = nowNs;
    if ('ns' in settings.window) this.#recent = new RecentCount(settings.window.ns / BUCKETS);
  }

  get rate(): number {
    return this.#rate;
  }

  failed(nowNs: number): boolean {
    this.#average(0, nowNs);
    const { window, leastRequests, required } = this.#settings;
    if ('ns' in window && nowNs - this.#sinceNs < window.ns) return false;
    const count = this.#recent?.total(nowNs) ?? this.#requestCount;
    return count >= leastRequests && this.#rate < required;
  }

  succeeded(nowNs: number): boolean {
    this.#average(1, nowNs);
    return false;
  }

  revived(nowNs: number): void {
    this.#sinceNs = nowNs;
    this.#stamp = -1;
    this.#requestCount = 0;
    this.#recent?.reset();
  }

  #average(result: 0 | 1, nowNs: number): void {
    const { window } = this.#settings;
    this.#requestCount++;
    this.#recent?.add(nowNs);
    const stamp = 'ns' in window ? nowNs : this.#requestCount;
    const length = 'ns' in window ? window.ns : window.requests;
    const kept = this.#stamp < 0 ? 0 : expOfNegative(-(stamp - this.#stamp) / length);
    this.#rate = this.#stamp < 0 ? result : result * (1 - kept) + this.#rate * kept;
    this.#stamp = stamp;
  }
}

/** How many within the newest buckets of time. */
class RecentCount {
  readonly #bucketNs: number;
  readonly #counts = new Float64Array(BUCKETS);
  #newest = 0;

  constructor(bucketNs: number) {
    this.#bucketNs = bucketNs;
  }

  add(nowNs: number): void {
    this.#expire(nowNs);
    this.#counts[this.#newest % BUCKETS]!++;
  }

  total(nowNs: number): number {
    this.#expire(nowNs);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.#counts.fill(0);
  }

  #expire(nowNs: number): void {
    const bucket = Math.floor(nowNs / this.#bucketNs);
    const passed = Math.min(BUCKETS, bucket - this.#newest);
    for (let i = 1; i <= passed; i++) this.#counts[(bucket - passed + i) % BUCKETS] = 0;
    this.#newest = Math.max(this.#newest, bucket);
  }
}

/** Dead when one of several rules says so; all of them see every result (Finagle's hybrid). */
export class AnyRule implements AccrualRule {
  readonly #rules: readonly AccrualRule[];

  constructor(rules: readonly AccrualRule[]) {
    this.#rules = rules;
  }

  failed(nowNs: number): boolean {
    return this.#rules.filter((rule) => rule.failed(nowNs)).length > 0;
  }

  succeeded(nowNs: number): boolean {
    return this.#rules.filter((rule) => rule.succeeded(nowNs)).length > 0;
  }

  revived(nowNs: number): void {
    for (const rule of this.#rules) rule.revived(nowNs);
  }
}
