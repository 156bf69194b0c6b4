import { z } from 'zod';
import { duration, probability } from '../../options.ts';
import { defineHealth } from '../health-definition.ts';
import { AnyRule, ConsecutiveFailures, SuccessRate, type AccrualRule } from './accrual-rules.ts';
import { doublingBackoff, equalJitterBackoff } from './backoff.ts';
import { FailureAccrualTracker } from './failure-accrual.ts';
import { NginxPassiveTracker } from './nginx-passive.ts';

/** nginx's `max_fails=1 fail_timeout=10s`, the defaults of `ngx_http_upstream_server`. */
export const nginxPassive = defineHealth({
  name: 'nginx',
  summary: 'Leaves a server out for 10 s after so many failures (max_fails, fail_timeout).',
  kind: 'traffic',
  options: z.strictObject({
    max_fails: z.int().min(0).default(1).describe('failures; 0 counts none'),
    fail_timeout: duration().prefault('10s'),
  }),
  create: (options) =>
    new NginxPassiveTracker({ maxFails: options.max_fails, failTimeoutNs: options.fail_timeout }),
});

/**
 * Finagle's default (`FailureAccrualFactory.defaultPolicy`, constants of `FailureAccrualPolicy`):
 * 5 failures in a row, or less than 80 % success over 30 s; dead for `equalJittered(5.seconds,
 * 300.seconds)`.
 */
export const finagleAccrual = defineHealth({
  name: 'finagle',
  summary:
    'Dead after 5 failures in a row or below 80 % success over 30 s; then one trial request.',
  kind: 'traffic',
  options: z.strictObject({
    consecutive_failures: z.int().min(1).nullable().default(5).describe('null is off'),
    success_rate: probability().nullable().default(0.8).describe('null is off'),
    window: duration().prefault('30s').describe('over which the success rate is averaged'),
    window_requests: z.int().min(1).optional().describe('instead of the window of time'),
    min_requests: z.int().min(1).default(5).describe('in the window of time, before it counts'),
    backoff: duration().prefault('5s').describe('of the first death'),
    max_backoff: duration().prefault('300s').describe('it doubles until then'),
    jitter: probability().default(1).describe('up to so much is added to later back-offs'),
  }),
  create: (options, { random }) =>
    new FailureAccrualTracker({
      makeRule: (nowNs) => new AnyRule([...finagleRules(options, nowNs)]),
      backoff: equalJitterBackoff({
        leastNs: options.backoff,
        mostNs: options.max_backoff,
        jitterRatio: options.jitter,
      }),
      trialsDecide: false,
      random,
    }),
});

interface FinagleOptions {
  readonly consecutive_failures: number | null;
  readonly success_rate: number | null;
  readonly window: number;
  readonly window_requests?: number | undefined;
  readonly min_requests: number;
}

function* finagleRules(options: FinagleOptions, nowNs: number): Generator<AccrualRule> {
  const { consecutive_failures: failures, success_rate: required } = options;
  const { window_requests: requests, window: ns, min_requests: leastRequests } = options;
  if (failures !== null) yield new ConsecutiveFailures(failures);
  if (required === null) return;
  if (requests === undefined)
    yield new SuccessRate({ required, window: { ns }, leastRequests }, nowNs);
  else yield new SuccessRate({ required, window: { requests }, leastRequests: requests }, nowNs);
}

/**
 * Linkerd's `balancer.linkerd.io/failure-accrual: consecutive`; defaults of its policy controller
 * (`parse_accrual_config`).
 */
export const linkerdAccrual = defineHealth({
  name: 'linkerd',
  summary: 'Dead after 7 failures in a row; trial requests after 1 s, 2 s … 60 s.',
  kind: 'traffic',
  options: z.strictObject({
    max_failures: z.int().min(1).default(7),
    min_penalty: duration().prefault('1s'),
    max_penalty: duration().prefault('60s'),
    jitter: probability().default(0.5).describe('up to so much of the penalty is added'),
  }),
  create: (options, { random }) =>
    new FailureAccrualTracker({
      makeRule: () => new ConsecutiveFailures(options.max_failures),
      backoff: doublingBackoff({
        leastNs: options.min_penalty,
        mostNs: options.max_penalty,
        jitterRatio: options.jitter,
      }),
      trialsDecide: true,
      random,
    }),
});
