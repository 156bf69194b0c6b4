import { z } from 'zod';
import { fallRiseShape, outlierShape, probeTimeShape } from '../../balancer/index.ts';
import { durationDistribution } from './distributions.ts';
import { count, duration, share } from './quantities.ts';

/** How observers learn which servers are well. */

/** Of a probe, whatever the rule that judges it. */
const probe = {
  path: z.string().optional().describe('for live use; the simulator probes the server'),
  cost: z
    .enum(['none', 'request'])
    .optional()
    .describe(
      'request: a probe queues and is served as a request is, so an overload fails it; ' +
        'default none for fall and rise, request for the kinds by name',
    ),
  service_time: durationDistribution()
    .optional()
    .describe('work of a probe with cost: request; default 1ms'),
  first_probes: z
    .enum(['spread', 'together'])
    .optional()
    .describe('together: all at 0:00, as after a push of configuration; default spread'),
};

/** The quantities of scenarios, in the schemas of the library. */
const quantities = { duration, share, count };

/** `health.active` without a kind: HAProxy’s `fall` and `rise`. */
export const fallRiseSettings = z.strictObject({ ...fallRiseShape(quantities), ...probe });

/** Beside a kind and its options. */
export const probeSettings = z.strictObject({ ...probeTimeShape(quantities), ...probe });

export type ProbeSettings = z.output<typeof probeSettings>;

/** `health.passive` without a kind: outlier detection, as short as it gets. */
export const outlierSettings = z.strictObject(outlierShape(quantities));

export const healthSettings = z.strictObject({
  active: z
    .unknown()
    .optional()
    .describe('off, fall and rise, or { kind: NAME, options }: see health.active below'),
  passive: z
    .unknown()
    .optional()
    .describe('off, outlier ejection, or { kind: NAME, options }: see health.passive below'),
  panic_threshold: share()
    .optional()
    .describe('share of healthy servers below which health is ignored; default 0%: never'),
  slow_start: duration()
    .optional()
    .describe('window in which a server that came back gets more and more; as in balancer'),
});

/** Of an origin’s servers. */
export const originHealthSettings = z.strictObject({
  active: z.unknown().optional().describe('as health.active'),
  passive: z.unknown().optional().describe('as health.passive'),
  observers: z
    .enum(['pop', 'balancer', 'server'])
    .default('balancer')
    .describe('who probes on its own: each POP, each of its balancers, or each of its servers'),
});
