export {
  CircuitBreaker,
  DEFAULT_CIRCUIT_LIMITS,
  type CircuitLimits,
  type CircuitResource,
} from './circuit-breaker.ts';
export {
  ConnectionQueue,
  NO_REQUEST,
  type Admission,
  type ConnectionLimits,
} from './connection-queue.ts';
export { ActiveRetryBudget, DepositRetryBudget, type RetryBudget } from './retry-budget.ts';
