import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { parseDuration } from './duration.ts';
import { parseCount } from './numerals.ts';
import { sentence } from './traffic-sentences.ts';

/** What is kept of a run beside its figures. */

/** What may be recorded, with the width where none is given; `summary` has none. */
const RECORDS = {
  summary: null,
  timeline: '1s',
  pops: '1s',
  catchments: '10s',
  link_utilisation: '1s',
  servers: '1s',
} as const;

export type RecordName = keyof typeof RECORDS;

export interface RecordSentence {
  readonly what: RecordName;
  /** 0 for `summary`. */
  readonly everyNs: number;
}

/** `summary`, `timeline 1s`. */
function recordSentence() {
  const form = Object.entries(RECORDS)
    .map(([what, width]) => (width === null ? what : `${what} ${width}`))
    .join(', ');
  return sentence<RecordSentence>('something to record', form, (text) => {
    const [what = '', width, ...more] = text.split(/\s+/);
    if (more.length > 0 || !Object.hasOwn(RECORDS, what)) return null;
    const name = what as RecordName;
    const usual = RECORDS[name];
    if (usual === null) return width === undefined ? { what: name, everyNs: 0 } : null;
    const parsed = parseDuration(width ?? usual);
    return parsed.ok && parsed.value > 0 && parsed.value <= LIMITS.durationNs
      ? { what: name, everyNs: parsed.value }
      : null;
  });
}

/** `1 in 1000` → 1000. */
function traceSentence() {
  return sentence<number>('a share of requests to trace', '1 in 1000', (text) => {
    const match = /^1 in (\S+)$/.exec(text);
    const parsed = match === null ? null : parseCount(match[1]!);
    return parsed?.ok === true && parsed.value >= 1 ? parsed.value : null;
  });
}

export const outputSettings = z.strictObject({
  record: z
    .array(recordSentence())
    .optional()
    .describe(
      'summary (always), timeline WIDTH; for the map: pops, catchments, link_utilisation, servers',
    ),
  trace: traceSentence()
    .optional()
    .describe('requests to follow step by step, chosen by the seed: 1 in N'),
});
