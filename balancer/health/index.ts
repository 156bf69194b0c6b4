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
  type ProbeTracker,
} from './health-tracker.ts';
export {
  createTrafficWatcher,
  type TrafficWatcher,
  type TrafficWatcherOptions,
} from './traffic-watcher.ts';
export {
  defineHealth,
  type HealthDefinition,
  type HealthDefinitionOf,
  type HealthKind,
  type HealthKinds,
  type HealthPorts,
  type HealthSource,
} from './health-definition.ts';
export { healthChecks } from './health-checks.ts';
export { ObservedBalancer, type TrafficListener } from './observed-balancer.ts';
export { WindowTracker, type WindowSettings } from './probes/window.ts';
export { RiseFallTracker, type RiseFallSettings } from './probes/rise-fall.ts';
export { EnvoyActiveTracker, type EnvoyActiveSettings } from './probes/envoy-active.ts';
export type { ReportTransition, TrafficTracker } from './traffic/traffic-tracker.ts';
export { OutlierTracker } from './traffic/outlier-detection.ts';
export type { OutlierSettings, RateAlgorithm } from './traffic/outlier-settings.ts';
export { NginxPassiveTracker, type NginxPassiveSettings } from './traffic/nginx-passive.ts';
export { FailureAccrualTracker, type FailureAccrualSettings } from './traffic/failure-accrual.ts';
export {
  doublingBackoff,
  equalJitterBackoff,
  type Backoff,
  type BackoffSettings,
} from './traffic/backoff.ts';
export {
  AnyRule,
  ConsecutiveFailures,
  SuccessRate,
  type AccrualRule,
  type SuccessRateSettings,
} from './traffic/accrual-rules.ts';
export { PhiAccrualDetector, type PhiAccrualSettings } from './heartbeats/phi-accrual.ts';
export { pushPullIntervalNs, retransmitLimit } from './swim/scaling.ts';
export { SwimMember, type SwimMessage, type SwimSettings } from './swim/swim-member.ts';
export * from './views/index.ts';
