import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { record } from './pieces.ts';
import { duration } from './quantities.ts';
import { sentence } from './traffic-sentences.ts';

/** When a caption is shown: at an instant, or so long after an event began. */
export interface CaptionMoment {
  /** null = on the scenario's clock. */
  readonly event: string | null;
  readonly plusNs: number;
}

/** `90s`, `fra-down`, `fra-down + 8s`. */
function moment() {
  return sentence<CaptionMoment>('a moment', '90s or EVENT + 8s', (text) => {
    const plain = parseDuration(text);
    if (plain.ok) return { event: null, plusNs: plain.value };
    const match = /^([A-Za-z][A-Za-z0-9_-]*)(?:\s*\+\s*(\S+))?$/.exec(text);
    if (match === null) return null;
    const plus = parseDuration(match[2] ?? '0');
    return plus.ok ? { event: match[1]!, plusNs: plus.value } : null;
  });
}

const caption = z.strictObject({
  at: moment().describe('90s, EVENT, or EVENT + 8s after it began'),
  for: duration().optional().describe('how long it stays; default: until the next'),
  text: z.string().describe('a sentence or two'),
  show: z.string().optional().describe('what to look at: pop/fra, link/lhr-jfk'),
});

export const storySettings = z
  .union([z.array(z.union([z.string(), caption])), record(z.string())])
  .describe('captions for the dashboard, in order; or EVENT: text, shown when it begins');
