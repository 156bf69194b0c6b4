import parseDuration from 'parse-duration';
import { z } from 'zod';

/**
 * Pieces of option schemas, shared by policies, health checks and scenarios, so that a duration is
 * written the same way everywhere. `z.toJSONSchema(schema, { io: 'input' })` gives what a user
 * writes.
 */

const DURATION_UNITS = ['d', 'h', 'm', 's', 'ms', 'us', 'ns'] as const;

/** Each unit at most once, from the largest to the smallest: `1h30m`, `250ms`, `1.5s`. */
const DURATION_PATTERN = new RegExp(
  `^(?=\\d)${DURATION_UNITS.map((unit) => `(\\d+(\\.\\d+)?${unit})?`).join('')}$`,
);

const DURATION_FORMS = 'a duration is a number with a unit, such as 250ms, 1.5s, 10m or 1h30m';

/**
 * A duration with its unit (d, h, m, s, ms, us, ns; sums such as `1h30m`), decoded to a whole
 * number of nanoseconds. A bare number is refused, and so is what exceeds 2^53 ns (104 days).
 */
export function duration() {
  return z
    .string({ error: (issue) => `${DURATION_FORMS}, not ${shown(issue.input)}` })
    .regex(DURATION_PATTERN, { error: (issue) => `${DURATION_FORMS}, not ${shown(issue.input)}` })
    .transform((text, context) => {
      const ns = Math.round(parseDuration(text, 'ns')!);
      if (Number.isSafeInteger(ns)) return ns;
      context.addIssue({ code: 'custom', message: `"${text}" is longer than 104 days` });
      return z.NEVER;
    });
}

/** What is repeated at it, or awaited for it: 0 would keep the clock at one instant for ever. */
export function aboveZero<Schema extends z.ZodType<number>>(schema: Schema): Schema {
  return schema.refine((value) => value > 0, {
    error: ({ path = [] }) => `'${String(path.at(-1) ?? 'it')}' must be above 0`,
  });
}

/** A relative share: a finite number ≥ 0, where 0 means nothing new. */
export function weight() {
  return z
    .number({ error: (issue) => `a weight is a number, not ${shown(issue.input)}` })
    .min(0, { error: 'a weight is not negative' });
}

const PERCENT_PATTERN = /^\d+(\.\d+)?%$/;

const PROBABILITY_FORMS = 'a probability is a number from 0 to 1 or a percentage such as 35%';

/** A probability or ratio in [0, 1], written `0.35` or `35%`. */
export function probability() {
  const error = (issue: { readonly input: unknown }) =>
    `${PROBABILITY_FORMS}, not ${shown(issue.input)}`;
  return z
    .union(
      [
        z.number({ error }).min(0, { error }).max(1, { error }),
        z.string({ error }).regex(PERCENT_PATTERN, { error }),
      ],
      { error },
    )
    .transform((written, context) => {
      const ratio = typeof written === 'number' ? written : Number(written.slice(0, -1)) / 100;
      if (ratio <= 1) return ratio;
      context.addIssue({ code: 'custom', message: error({ input: written }) });
      return z.NEVER;
    });
}

/**
 * How many times its fair share of the requests in flight a backend may hold, above 1: Google's and
 * Vimeo's 1.25, HAProxy's `hash-balance-factor 125`.
 */
export function loadBound() {
  return z
    .number({ error: (issue) => `a load bound is a number, not ${shown(issue.input)}` })
    .gt(1, { error: 'a load bound is above 1, such as 1.25' })
    .describe('times its fair share that a backend may hold');
}

function shown(input: unknown): string {
  return input === undefined ? 'nothing' : JSON.stringify(input);
}
