/** Says how many retries there may be, so that they cannot multiply an overload. */
export interface RetryBudget {
  /** A request (not a retry) begins. */
  requested(nowNs: number): void;
  /** Whether one more retry may be made; if so, it is counted. */
  tryRetry(nowNs: number): boolean;
  /** A retry that was allowed has ended. */
  retryFinished(): void;
}

/** Tenths of the window are kept apart: deposits grow old in steps (Finagle's `TokenBucket`). */
const BUCKETS = 10;

/**
 * The budget of Finagle and Linkerd: every request of the last `ttlNs` pays for `ratio` of a retry,
 * and so many retries a second are free whatever the traffic. Defaults there (`RetryBudget.apply`):
 * 10 s, 20 %, 10 a second.
 */
export class DepositRetryBudget implements RetryBudget {
  readonly #bucketNs: number;
  readonly #reserve: number;
  readonly #ratio: number;
  /** Deposits less withdrawals, by age. */
  readonly #balance = new Float64Array(BUCKETS);
  #newest = 0;

  constructor(ttlNs: number, ratio: number, retriesPerSecond: number) {
    this.#bucketNs = ttlNs / BUCKETS;
    this.#ratio = ratio;
    this.#reserve = (retriesPerSecond * ttlNs) / 1e9;
  }

  requested(nowNs: number): void {
    this.#expire(nowNs);
    this.#balance[this.#newest % BUCKETS]! += this.#ratio;
  }

  tryRetry(nowNs: number): boolean {
    this.#expire(nowNs);
    const balance = this.#balance.reduce((sum, deposit) => sum + deposit, this.#reserve);
    // Five requests of 0.2 pay for one retry, although their sum in doubles may fall short.
    if (balance < 1 - 1e-9) return false;
    this.#balance[this.#newest % BUCKETS]! -= 1;
    return true;
  }

  /** What was paid for is gone, however long it took. */
  retryFinished(): void {}

  #expire(nowNs: number): void {
    const bucket = Math.floor(nowNs / this.#bucketNs);
    const passed = Math.min(BUCKETS, bucket - this.#newest);
    for (let i = 1; i <= passed; i++) this.#balance[(bucket - passed + i) % BUCKETS] = 0;
    this.#newest = Math.max(this.#newest, bucket);
  }
}

/**
 * Envoy's budget: retries in flight are at most `percent` of the requests in flight, but
 * `leastConcurrency` always. It counts what is active, not what is sent, so that retries of
 * requests that fail at once are hardly held back (envoy#30205). Defaults of
 * `circuit_breaker.proto`: 20 %, 3.
 */
export class ActiveRetryBudget implements RetryBudget {
  readonly #percent: number;
  readonly #leastConcurrency: number;
  readonly #activeCount: () => number;
  #retryCount = 0;

  /** `activeCount`: requests in flight, retries included. */
  constructor(activeCount: () => number, percent = 20, leastConcurrency = 3) {
    this.#activeCount = activeCount;
    this.#percent = percent;
    this.#leastConcurrency = leastConcurrency;
  }

  requested(): void {}

  tryRetry(): boolean {
    const share = Math.floor((this.#activeCount() * this.#percent) / 100);
    if (this.#retryCount >= Math.max(this.#leastConcurrency, share)) return false;
    this.#retryCount++;
    return true;
  }

  retryFinished(): void {
    if (this.#retryCount === 0) throw new Error('a retry finished that was never allowed');
    this.#retryCount--;
  }
}
