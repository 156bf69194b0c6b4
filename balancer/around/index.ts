export {
  choosePriority,
  divideByPriority,
  type PriorityLevel,
  type PriorityLoad,
} from './priority-load.ts';
export { PriorityPolicy, type PriorityPolicyOptions } from './priority-policy.ts';
export {
  chooseZone,
  isZoneAware,
  routeByZone,
  zoneShares,
  type ZoneRouting,
} from './zone-routing.ts';
export { LocalityPolicy, type LocalityPolicyOptions } from './locality-policy.ts';
export { localityWeight, ZonePolicy, type ZonePolicyOptions } from './zone-policy.ts';
export { SubsetPolicy } from './subset-policy.ts';
export { AperturePolicy } from './aperture-policy.ts';
export { BoundedLoadPolicy } from './bounded-load-policy.ts';
export {
  ConnectionQueue,
  NO_REQUEST,
  type Admission,
  type ConnectionLimits,
} from './connection-queue.ts';
export { SlowStart, slowStartFactor, type SlowStartSettings } from './slow-start.ts';
export { ActiveRetryBudget, DepositRetryBudget, type RetryBudget } from './retry-budget.ts';
export {
  CircuitBreaker,
  DEFAULT_CIRCUIT_LIMITS,
  type CircuitLimits,
  type CircuitResource,
} from './circuit-breaker.ts';
export { HOST_SELECTION_ATTEMPTS, pickForRetry } from './retry-host.ts';
