import { z } from 'zod';
import { aboveZero, duration, probability } from '../../options.ts';
import { defineHealth } from '../health-definition.ts';
import { EnvoyActiveTracker } from './envoy-active.ts';
import { RiseFallTracker } from './rise-fall.ts';
import { WindowTracker } from './window.ts';

const WINDOW_MOST = 64;

function windowOptions(defaults: { window: number; initial?: number }) {
  const initial = z.int().min(0).max(WINDOW_MOST).describe('passes assumed at the start');
  return z
    .strictObject({
      window: z.int().min(1).max(WINDOW_MOST).default(defaults.window).describe('newest probes'),
      threshold: z.int().min(0).max(WINDOW_MOST).default(3).describe('passes that make healthy'),
      initial: defaults.initial === undefined ? initial.optional() : initial.default(3),
      interval: aboveZero(duration()).prefault('5s'),
    })
    .refine(({ window, threshold }) => threshold <= window, {
      error: 'the threshold is within the window',
    });
}

/**
 * Fastly's health check. Its API documents no defaults: these are those of its Terraform provider
 * (`fastly_service_vcl`, block `healthcheck`).
 */
export const fastlyHealth = defineHealth({
  name: 'fastly',
  summary: 'Healthy is who passed 3 of the newest 5 probes, and 3 are assumed at the start.',
  kind: 'probes',
  options: windowOptions({ window: 5, initial: 3 }),
  create: ({ interval, initial = 3, ...rule }) =>
    new WindowTracker({ ...rule, initial, intervalNs: interval }),
});

/**
 * Varnish's `.probe`; starts one pass short of healthy unless `initial` says otherwise. Defaults
 * of `vbp_set_defaults` (`cache_backend_probe.c`).
 */
export const varnishHealth = defineHealth({
  name: 'varnish',
  summary: 'Healthy is who passed 3 of the newest 8 probes; the first pass decides.',
  kind: 'probes',
  options: windowOptions({ window: 8 }),
  create: ({ interval, initial, ...rule }) =>
    new WindowTracker({
      ...rule,
      initial: initial ?? Math.max(0, rule.threshold - 1),
      intervalNs: interval,
    }),
});

/**
 * HAProxy's `check inter 2s rise 2 fall 3` (`DEF_CHKINTR`, `DEF_RISETIME`, `DEF_FALLTIME`,
 * `DEF_HANA_ONERR` in `defaults.h`). Where it observes traffic its `error-limit` is 10; here
 * writing a limit is what makes it observe.
 */
export const haproxyHealth = defineHealth({
  name: 'haproxy',
  summary: 'Counts up to rise and down through fall; probes faster on the way between.',
  kind: 'probes',
  options: z.strictObject({
    rise: z.int().min(1).default(2).describe('passes that bring up'),
    fall: z.int().min(1).default(3).describe('failures that take down'),
    init_state: z.enum(['fully-up', 'up', 'down', 'fully-down']).default('up'),
    interval: aboveZero(duration()).prefault('2s').describe('while fully up'),
    fast_interval: aboveZero(duration())
      .optional()
      .describe('between up and down; else the interval'),
    down_interval: aboveZero(duration()).optional().describe('while fully down; else the interval'),
    spread: probability().default(0).describe('an interval varies by so much either way'),
    on_error: z
      .enum(['fastinter', 'fail-check', 'sudden-death', 'mark-down'])
      .default('fail-check'),
    error_limit: z.int().min(1).optional().describe('errors of traffic in a row; else unobserved'),
  }),
  create: (options) =>
    new RiseFallTracker({
      rise: options.rise,
      fall: options.fall,
      initState: options.init_state,
      intervalNs: options.interval,
      fastIntervalNs: options.fast_interval ?? options.interval,
      downIntervalNs: options.down_interval ?? options.interval,
      spreadRatio: options.spread,
      onError: options.on_error,
      errorLimit: options.error_limit ?? Infinity,
    }),
});

/** Envoy's `health_checks`, where interval and thresholds are required: it has no defaults. */
export const envoyHealth = defineHealth({
  name: 'envoy',
  summary: 'The first probe decides, then so many in a row; probes apart at edges and without use.',
  kind: 'probes',
  options: z.strictObject({
    interval: aboveZero(duration()),
    unhealthy_threshold: z.int().min(1),
    healthy_threshold: z.int().min(1),
    unhealthy_interval: aboveZero(duration()).optional(),
    healthy_edge_interval: aboveZero(duration()).optional(),
    unhealthy_edge_interval: aboveZero(duration()).optional(),
    no_traffic_interval: aboveZero(duration()).prefault('60s').describe('until the first request'),
    no_traffic_healthy_interval: aboveZero(duration()).optional(),
    interval_jitter_ratio: probability().default(0).describe('up to so much of it is added'),
    interval_jitter: duration().prefault('0s').describe('up to so much is added'),
    retriable: z.boolean().default(false).describe('a wrong answer counts like no answer'),
  }),
  create: (options) => {
    const unhealthyIntervalNs = options.unhealthy_interval ?? options.interval;
    return new EnvoyActiveTracker({
      unhealthyThreshold: options.unhealthy_threshold,
      healthyThreshold: options.healthy_threshold,
      intervalNs: options.interval,
      unhealthyIntervalNs,
      healthyEdgeIntervalNs: options.healthy_edge_interval ?? options.interval,
      unhealthyEdgeIntervalNs: options.unhealthy_edge_interval ?? unhealthyIntervalNs,
      noTrafficIntervalNs: options.no_traffic_interval,
      noTrafficHealthyIntervalNs:
        options.no_traffic_healthy_interval ?? options.no_traffic_interval,
      intervalJitterRatio: options.interval_jitter_ratio,
      intervalJitterNs: options.interval_jitter,
      isWrongAnswerRetriable: options.retriable,
    });
  },
});
