import { z } from 'zod';
import { parseShare } from './numerals.ts';
import { oneOrMore } from './pieces.ts';
import { count, duration, share } from './quantities.ts';
import { sentence } from './traffic-sentences.ts';

/** How many servers of a POP are up, after Kubernetes' HorizontalPodAutoscaler (autoscaling/v2). */

export interface AutoscaleTarget {
  readonly metric: 'utilisation' | 'concurrency';
  /** A ratio of the slots, or requests a server. */
  readonly target: number;
}

/** `utilisation 60%`, `concurrency 8`. */
function target() {
  const form = 'utilisation 60%, or concurrency 8';
  return sentence<AutoscaleTarget>('a target of an autoscaler', form, (text) => {
    const match = /^(utilisation|concurrency) (\S+)$/.exec(text);
    if (match === null) return null;
    const [, metric, amount] = match;
    if (metric === 'concurrency') {
      const requests = /^\d+(?:\.\d+)?$/.test(amount!) ? Number(amount) : 0;
      return requests > 0 && requests <= 1e6 ? { metric: 'concurrency', target: requests } : null;
    }
    const parsed = parseShare(amount!);
    return parsed.ok && parsed.value > 0 ? { metric: 'utilisation', target: parsed.value } : null;
  });
}

/** Kubernetes' own period: one sync. */
const period = () =>
  duration().default(15_000_000_000).describe('in which no more than that changes');

const policies = z
  .array(
    z.union([
      z.strictObject({ pods: count(1, 1_000_000).describe('so many servers'), period: period() }),
      z.strictObject({ percent: count(1, 100_000).describe('of the servers'), period: period() }),
    ]),
  )
  .min(1)
  .optional();

const select = z
  .enum(['max', 'min', 'disabled'])
  .default('max')
  .describe('of several policies, that of the greatest change, or of the least');

const autoscaler = z.strictObject({
  servers: oneOrMore(z.string())
    .default(['*'])
    .describe('patterns of their names, in the order in which they start; default all'),
  target: target().describe('mean of the metric: utilisation 60% of slots, concurrency 8 a server'),
  min: count(1).default(1).describe('servers at least'),
  max: count(1).optional().describe('servers at most; default all of them'),
  initial: count(1).optional().describe('in service when the story begins; default min'),
  placement: z
    .enum(['spread', 'listed'])
    .default('spread')
    .describe('the next server: from each zone in turn, or in the order of names'),
  sync_period: duration().default(15_000_000_000).describe('from look to look, the metric’s mean'),
  tolerance: share().default(0.1).describe('of metric ÷ target around 1'),
  start_delay: duration().default(30_000_000_000).describe('until a new server takes requests'),
  scale_up: z
    .strictObject({
      stabilization_window: duration()
        .default(0)
        .describe('the least recommendation of the window is followed'),
      policies: policies.describe('default the greater of 4 pods and 100 percent in 15s'),
      select,
    })
    .optional(),
  scale_down: z
    .strictObject({
      stabilization_window: duration()
        .default(300_000_000_000)
        .describe('the greatest recommendation of the window is followed'),
      policies: policies.describe('default 100 percent in 15s'),
      select,
    })
    .optional(),
});

export type AutoscalerSettings = z.output<typeof autoscaler>;

/** One autoscaler, or several for different servers of a POP. */
export const autoscaleSettings = oneOrMore(autoscaler);
