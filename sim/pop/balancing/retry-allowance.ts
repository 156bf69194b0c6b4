import {
  ActiveRetryBudget,
  DepositRetryBudget,
  type RetryBudget,
} from '../../../balancer/index.ts';
import type { BalancerRetrySpec } from '../../world.ts';

/** Retries that one balancer instance may make: its budget, and its circuit breaker's limit. */
export class RetryAllowance {
  readonly #budget: RetryBudget | null;
  readonly #most: number;
  #inFlight = 0;

  /** `active`: requests that the instance has in flight. */
  constructor(budget: BalancerRetrySpec['budget'], most: number, active: () => number) {
    this.#most = most;
    this.#budget = budget === null ? null : budgetOf(budget, active);
  }

  requested(nowNs: number): void {
    this.#budget?.requested(nowNs);
  }

  tryRetry(nowNs: number): boolean {
    if (this.#inFlight >= this.#most) return false;
    if (this.#budget !== null && !this.#budget.tryRetry(nowNs)) return false;
    this.#inFlight++;
    return true;
  }

  retryEnded(): void {
    this.#inFlight--;
    if (this.#budget instanceof ActiveRetryBudget) this.#budget.retryFinished();
  }
}

function budgetOf(
  budget: NonNullable<BalancerRetrySpec['budget']>,
  active: () => number,
): RetryBudget {
  if (budget.kind === 'active') {
    return new ActiveRetryBudget(active, budget.ratio * 100, budget.least);
  }
  return new DepositRetryBudget(budget.ttlNs, budget.ratio, budget.perSecond);
}
