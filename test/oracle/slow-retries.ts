import { purposeKey, uniformFrom } from '../../sim/kernel/random.ts';
import type { FailureReason, RetrySpec } from '../../sim/world.ts';
import type { SlowRequest } from './slow-request.ts';

const BACKOFF = purposeKey('backoff');
const BURST_RETRIES = 100;
const RECONNECTS_MAX = 3;

/** Whether clients try again, and when: reasons, a maximum, a budget, a backoff. */
export class SlowRetries {
  readonly #spec: RetrySpec;
  #balance = BURST_RETRIES;

  constructor(spec: RetrySpec) {
    this.#spec = spec;
  }

  requestBegan(): void {
    this.#balance = Math.min(BURST_RETRIES, this.#balance + this.#spec.budgetRatio);
  }

  /** A reset connection is opened anew at once, a few times. */
  isReconnect(request: SlowRequest, reason: FailureReason): boolean {
    return reason === 'reset' && request.attempt < RECONNECTS_MAX;
  }

  /** Spends of the budget if it may. */
  mayRetry(request: SlowRequest, reason: FailureReason): boolean {
    const { on, max, budgetRatio } = this.#spec;
    const is5xx = reason === '503' || reason === '504';
    if (request.attempt >= max || !(on.includes(reason) || (is5xx && on.includes('5xx')))) {
      return false;
    }
    if (budgetRatio === Infinity) return true;
    if (this.#balance < 1) return false;
    this.#balance -= 1;
    return true;
  }

  backoffNs(request: SlowRequest): number {
    const { backoffLowNs, backoffHighNs } = this.#spec;
    const topNs = Math.min(backoffHighNs, backoffLowNs * 2 ** (request.attempt + 1));
    const uniform = uniformFrom(request.seed, BACKOFF + request.attempt);
    return backoffLowNs + uniform * (topNs - backoffLowNs);
  }
}
