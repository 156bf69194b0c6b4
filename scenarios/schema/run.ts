import { z } from 'zod';
import { coded } from './issue-text.ts';
import { parseCount, parsePercent } from './numerals.ts';
import { oneOrMore } from './pieces.ts';
import { duration, onOff, splitRange } from './quantities.ts';
import { sentence } from './traffic-sentences.ts';

/** How a scenario is run and what is kept. */

/** `20` or `10..40`. */
function replications() {
  const form = z.union([z.number(), z.string()], {
    error: () => coded('E0203', 'expected a number of replications', 'write 20 or 10..40'),
  });
  return form.transform((written, context): { least: number; most: number } => {
    const text = String(written);
    const [low, high] = text.includes('..') ? splitRange(text) : [text, text];
    const least = parseCount(low.trim());
    const most = parseCount(high.trim());
    if (
      least.ok &&
      most.ok &&
      least.value >= 1 &&
      least.value <= most.value &&
      most.value <= 100_000
    ) {
      return { least: least.value, most: most.value };
    }
    const message = coded(
      'E0206',
      `'${text}' is not a number of replications`,
      'write 20 or 10..40',
    );
    context.issues.push({ code: 'custom', input: written, message });
    return z.NEVER;
  });
}

export interface PrecisionSentence {
  readonly text: string;
  readonly relative: number;
  /** As in a threshold: `p95(latency)`. */
  readonly subject: string;
  readonly confidence: number;
}

/** `5% on p95(latency) at 95%`. */
function precision() {
  const form = '5% on p95(latency) at 95%';
  return sentence<PrecisionSentence>('a precision', form, (text) => {
    const match = /^(\S+) on (.+?)(?: at (\S+))?$/.exec(text);
    const relative = parsePercent(match?.[1] ?? '');
    const confidence = parsePercent(match?.[3] ?? '95%');
    if (match === null || !relative.ok || !confidence.ok) return null;
    if (relative.value <= 0 || relative.value >= 1) return null;
    if (confidence.value < 0.5 || confidence.value >= 1) return null;
    return { text, relative: relative.value, subject: match[2]!, confidence: confidence.value };
  });
}

/** Any text or whole number; kept as text. */
const seed = z.union([z.string().min(1), z.number().int()]).transform(String);

export const runSettings = z.strictObject({
  duration: duration().optional().describe('of the measured story; default 10m'),
  warmup: z
    .union([z.literal('auto'), duration()])
    .optional()
    .describe(
      'auto (default) or a duration: with events simulated before 0:00, else cut from the start',
    ),
  seed: seed.optional().describe('any text; default 1'),
  replications: replications().optional().describe('N, or N..M with precision; default 10..40'),
  precision: precision().optional().describe('stop early when this is reached'),
  common_random_numbers: onOff()
    .default(true)
    .describe('the same requests, sizes and faults for every strategy'),
  fidelity: z.enum(['request']).default('request').describe('request: each request is simulated'),
});

export type RunSettings = z.output<typeof runSettings>;

/** A sentence, or one with the strategies it is for. */
export const thresholdEntries = z.array(
  z.union([
    z.string(),
    z.strictObject({
      check: z.string().describe('the sentence'),
      only: oneOrMore(z.string()).describe('strategies it is evaluated for'),
    }),
  ]),
);

export const gateSettings = oneOrMore(z.string()).describe(
  'strategies whose thresholds decide the exit code: baseline (default), all, or names',
);
