import type { LimitSettings, RetryBudgetSettings, RetrySettings } from '../../balancer/index.ts';
import type { BalancerLayers } from '../schema/balancer.ts';

/** What a balancer tries again, and what it refuses. */

type Budget = NonNullable<BalancerLayers['retries']>['budget'];

export function retriesOf({ retries }: BalancerLayers): RetrySettings | undefined {
  if (retries === undefined) return undefined;
  // Whoever ends a try means to begin another.
  const timeout = retries.per_try_timeout === undefined ? [] : (['timeout'] as const);
  return {
    on: retries.on ?? ['connect_error', '503', ...timeout],
    max: retries.max,
    avoidPrevious: retries.avoid_previous,
    perTryNs: retries.per_try_timeout ?? Infinity,
    budget: budgetOf(retries.budget),
  };
}

function budgetOf(budget: Budget): RetryBudgetSettings | null {
  if (budget === undefined || budget === 'off') return null;
  if (typeof budget === 'number') return { kind: 'active', ratio: budget, least: 3 };
  if ('active' in budget) {
    return { kind: 'active', ratio: budget.active, least: budget.min_concurrency };
  }
  const { deposit, per_second: perSecond, ttl } = budget;
  return { kind: 'deposit', ratio: deposit, perSecond, ttlNs: ttl };
}

export function limitsOf({
  circuit_breaker: breaker,
  connections,
}: BalancerLayers): LimitSettings | undefined {
  if (breaker === undefined && connections === undefined) return undefined;
  return {
    requests: breaker?.requests ?? Infinity,
    pending: breaker?.pending ?? Infinity,
    retries: breaker?.retries ?? Infinity,
    connections: connections?.max ?? Infinity,
    pendingTimeoutNs: connections?.timeout ?? Infinity,
  };
}
