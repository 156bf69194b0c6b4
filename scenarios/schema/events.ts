import { z } from 'zod';
import { entityName, oneOrMore } from './pieces.ts';
import { count, duration, factor, share } from './quantities.ts';
import { sentence } from './traffic-sentences.ts';

/** One line of the story. The verb is the key; exactly one is there. */

export const VERBS = [
  'fail',
  'recover',
  'degrade',
  'drain',
  'undrain',
  'restart',
  'add',
  'remove',
  'reweight',
  'withdraw',
  'announce',
  'prepend',
  'surge',
  'set',
] as const;

export type Verb = (typeof VERBS)[number];

/** `server/fra/gen3-7`, globs, or a list of them. */
const targets = () => oneOrMore(z.string());

/** `gradual 10m` → nanoseconds. */
const gradual = () =>
  sentence<{ gradualNs: number }>('a way to withdraw', 'gradual 10m', (text) => {
    const match = /^gradual (.+)$/.exec(text);
    const parsed = match === null ? null : duration().safeParse(match[1]);
    return parsed?.success === true ? { gradualNs: parsed.data } : null;
  });

export const eventSettings = z.strictObject({
  name: entityName().optional().describe('thresholds and the report then speak of it'),
  at: duration().optional().describe('on the clock of the scenario'),
  after: z.string().optional().describe('NAME or NAME + 30s: from the start of another event'),
  for: duration().optional().describe('how long; default to the end'),
  every: duration().optional().describe('repeats at this interval, or spaces batches'),
  times: count(1, 100_000).optional().describe('how often with every; default until the end'),
  share: share().optional().describe('only this share of the targets, chosen from the seed'),
  batch: count(1).optional().describe('targets taken at a time, one batch each `every`'),

  fail: targets().optional().describe('pop, server, link or origin stops working'),
  recover: targets().optional().describe('ends a failure or degradation'),
  degrade: targets().optional().describe('works, but worse: see service_time … bandwidth'),
  drain: targets()
    .optional()
    .describe('no new requests; those inside finish; with restart: how long before it, drain: 30s'),
  undrain: targets().optional(),
  restart: targets()
    .optional()
    .describe('servers or POPs: drained, stopped for a while (for: 5s), and back, caches empty'),
  add: targets().optional().describe('servers join their balancers’ tables; absent until then'),
  remove: targets().optional().describe('servers leave the tables; what is inside finishes'),
  reweight: targets().optional().describe('servers get another weight'),
  withdraw: z
    .union([gradual(), targets()])
    .optional()
    .describe('a prefix; with drain: gradual 10m'),
  announce: targets().optional().describe('a prefix again'),
  prepend: z
    .union([targets(), count(0, 32)])
    .optional()
    .describe('a prefix'),
  surge: oneOrMore(z.string()).optional().describe('world, regions or classes: more arrivals'),
  set: z.record(z.string(), z.unknown()).optional().describe('settings by dotted path'),

  mode: z
    .enum(['power', 'blackhole', 'clean', 'error'])
    .optional()
    .describe('of fail; default power'),
  from: oneOrMore(z.string())
    .optional()
    .describe('POPs that withdraw, announce or prepend; default all'),
  weight: z.number().min(0).max(1e6).optional().describe('of reweight; 0: nothing new'),
  count: count(0, 32).optional().describe('of prepend; default 1'),
  factor: factor().optional().describe('of surge; default x2'),
  service_time: factor().optional().describe('of degrade'),
  probe_loss: share().optional().describe('of degrade: health probes lost'),
  errors: share().optional().describe('of degrade: requests answered with 500'),
  latency: factor().optional().describe('of degrade, for links'),
  loss: share().optional().describe('of degrade, for links'),
  bandwidth: factor().optional().describe('of degrade, for links'),
});

export type EventSettings = z.output<typeof eventSettings>;

/** Keys that only one verb understands. */
export const VERB_KEYS: Readonly<Record<string, readonly Verb[]>> = {
  mode: ['fail'],
  from: ['withdraw', 'announce', 'prepend'],
  weight: ['reweight'],
  count: ['prepend'],
  factor: ['surge'],
  service_time: ['degrade'],
  probe_loss: ['degrade'],
  errors: ['degrade'],
  latency: ['degrade'],
  loss: ['degrade'],
  bandwidth: ['degrade'],
};

/** `drain: pop/fra, withdraw: gradual 10m`, not the verb. */
export function isGradual(value: EventSettings['withdraw']): value is { gradualNs: number } {
  return typeof value === 'object' && !Array.isArray(value);
}
