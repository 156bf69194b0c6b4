import { z } from 'zod';
import { duration, probability } from '../../options.ts';
import { defineHealth } from '../health-definition.ts';
import { AnyRule, ConsecutiveFailures, SuccessRate, type AccrualRule } from './accrual-rules.ts';
import { FailureAccrualTracker } from './failure-accrual.ts';
import { NginxPassiveTracker } from './nginx-passive.ts';

/** nginx's `max_fails=1 fail_timeout=10s`. */
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

/** Finagle's default: 5 failures in a row, or less than 80 % success over 30 s. */
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
    min_requests: z.int().min(1).default(5).describe('before the success rate counts'),
    backoff: duration().prefault('300s'),
    max_backoff: duration().prefault('300s').describe('it doubles until then'),
    jitter: probability().default(0).describe('up to so much of the back-off is added'),
  }),
  create: (options, { random }) =>
    new FailureAccrualTracker({
      makeRule: () => new AnyRule([...finagleRules(options)]),
      backoff: {
        leastNs: options.backoff,
        mostNs: options.max_backoff,
        jitterRatio: options.jitter,
      },
      random,
    }),
});

function* finagleRules(options: {
  readonly consecutive_failures: number | null;
  readonly success_rate: number | null;
  readonly window: number;
  readonly window_requests?: number | undefined;
  readonly min_requests: number;
}): Generator<AccrualRule> {
  const { consecutive_failures: failures, success_rate: required, window_requests } = options;
  if (failures !== null) yield new ConsecutiveFailures(failures);
  if (required === null) return;
  yield new SuccessRate({
    required,
    window: window_requests === undefined ? { ns: options.window } : { requests: window_requests },
    leastRequests: options.min_requests,
  });
}

/** Linkerd's `balancer.linkerd.io/failure-accrual: consecutive`. */
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
      backoff: {
        leastNs: options.min_penalty,
        mostNs: options.max_penalty,
        jitterRatio: options.jitter,
      },
      random,
    }),
});
