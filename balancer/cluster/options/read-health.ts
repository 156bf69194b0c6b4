import { healthChecks } from '../../health/health-checks.ts';
import type { HealthRule } from '../../health/views/settings.ts';

/** What is written beside a kind of active check, in ns. */
interface WrittenTimes {
  readonly timeout?: number | undefined;
  readonly heartbeat?: number | undefined;
}

export interface ProbeTimes {
  readonly intervalNs: number;
  /** Null: the product has no default, and it must be written. */
  readonly timeoutNs: number | null;
}

/**
 * When a check of the catalogue probes: at the interval among its own options, else the heartbeat,
 * else every second; for as long as is written, else its product's default.
 */
export function probeTimes(rule: HealthRule, { timeout, heartbeat }: WrittenTimes): ProbeTimes {
  const intervalNs = ownIntervalNs(rule) ?? heartbeat ?? 1e9;
  return { intervalNs, timeoutNs: timeout ?? timeoutOf(rule, intervalNs) };
}

/**
 * Terraform's for Fastly, `vbp_set_defaults` for Varnish; HAProxy waits an interval at most where
 * `timeout check` is not set, and Envoy requires one.
 */
function timeoutOf({ name }: HealthRule, intervalNs: number): number | null {
  if (name === 'fastly') return 5e9;
  if (name === 'varnish') return 2e9;
  return name === 'envoy' ? null : intervalNs;
}

function ownIntervalNs({ name, options }: HealthRule): number | undefined {
  const definition = healthChecks.find((check) => check.name === name);
  const decoded: unknown = definition?.options.parse(options);
  return (decoded as { readonly interval?: number } | undefined)?.interval;
}

/** The keys of `outlierShape` as decoded: ns, and ratios. */
export interface Outliers {
  readonly consecutive_5xx: number;
  readonly base_ejection: number;
  readonly max_ejected: number;
  readonly interval: number;
}

/** The short form of passive checks, in the words of Envoy. */
export function outlierRule(outliers: Outliers): HealthRule {
  return {
    name: 'envoy-outliers',
    options: {
      consecutive_5xx: outliers.consecutive_5xx,
      base_ejection_time: `${outliers.base_ejection}ns`,
      max_ejection_percent: outliers.max_ejected * 100,
      interval: `${outliers.interval}ns`,
      enforcing_success_rate: 0,
    },
  };
}
