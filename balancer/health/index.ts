export {
  createHealthChecker,
  type HealthChecker,
  type HealthCheckerOptions,
  type HealthCheckSettings,
} from './health-checker.ts';
export {
  createFallRiseTracker,
  type FallRise,
  type HealthTracker,
  type HealthTransition,
} from './health-tracker.ts';
