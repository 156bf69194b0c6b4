import { aboveZero } from '../../options.ts';
import type { Quantities } from './quantities.ts';

/** Keys under `health:` that are not options of a check of the catalogue. */
type HealthQuantities = Pick<Quantities, 'duration' | 'count' | 'share'>;

/** `health.active` without a kind: HAProxy’s `fall` and `rise`; the timeout is ours. */
export function fallRiseShape({ duration, count, share }: HealthQuantities) {
  return {
    interval: aboveZero(duration()).default(2_000_000_000).describe('default 2s (HAProxy)'),
    timeout: aboveZero(duration()).default(1_000_000_000).describe('default 1s'),
    fall: count(1, 1000).default(3).describe('failures in a row until down (HAProxy)'),
    rise: count(1, 1000).default(2).describe('successes in a row until up (HAProxy)'),
    jitter: share().default(0).describe('of the interval'),
  };
}

/** Beside a kind of `health.active` and its options. */
export function probeTimeShape({ duration }: HealthQuantities) {
  return {
    timeout: aboveZero(duration())
      .optional()
      .describe('fastly 5s, varnish 2s, haproxy its interval; envoy must say'),
    heartbeat: aboveZero(duration()).optional().describe('interval of phi-accrual; default 1s'),
  };
}

/** `health.passive` without a kind: outlier detection, as short as it gets. */
export function outlierShape({ duration, count, share }: HealthQuantities) {
  return {
    consecutive_5xx: count(1).default(5).describe('failures in a row that eject (Envoy)'),
    base_ejection: duration().default(30_000_000_000).describe('times the ejections so far'),
    max_ejected: share().default(0.1).describe('of the servers'),
    interval: aboveZero(duration()).default(10_000_000_000).describe('at which ejections end'),
  };
}
