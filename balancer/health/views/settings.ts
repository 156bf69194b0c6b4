import type { HealthCheckSettings } from '../health-checker.ts';

/** A check of the catalogue `healthChecks`, with its options as they were written. */
export interface HealthRule {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Active checks of one observer. Without a `rule` it is HAProxy's oldest: `fall` failures in a row
 * take down, `rise` passes bring up. A rule of a product has its own interval, fall and rise; the
 * interval here spreads the first probes then.
 */
export interface ActiveCheckSettings extends HealthCheckSettings {
  readonly rule?: HealthRule;
  /** `together`: all first probes at once instead of spread over one interval. */
  readonly firstProbes?: 'spread' | 'together';
}
