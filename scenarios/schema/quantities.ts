import { z } from 'zod';
import { parseBandwidth } from '../../topology/index.ts';
import { nearestName } from '../suggest.ts';
import { parseDuration } from './duration.ts';
import { coded } from './issue-text.ts';
import { parseCount, parseFactor, parseRate, parseShare, type Parsed } from './numerals.ts';

/** Schema pieces for quantities. Inputs are text with a unit; outputs are numbers in base units. */

type Parse = (text: string) => Parsed;

/** Text with a unit; a bare number is refused with the units it could have had. */
function quantity(parse: Parse, noun: string, units: readonly string[]) {
  const form = z.string({ error: (issue) => needsUnit(issue.input, noun, units) });
  return form.transform((text, context) => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.issues.push({
      code: 'custom',
      input: text,
      message: coded(parsed.code ?? 'E0206', parsed.message, parsed.hint),
    });
    return z.NEVER;
  });
}

function needsUnit(input: unknown, noun: string, units: readonly string[]): string {
  if (typeof input === 'number') {
    const examples =
      units.length === 0 ? `x${input}` : units.map((unit) => `${input}${unit}`).join(', ');
    return coded('E0205', `'${input}' needs a unit`, `${examples}?`);
  }
  return coded(
    'E0203',
    `expected a ${noun}`,
    units.length === 0 ? 'like x8' : `like 10${units[0]!}`,
  );
}

/** `250ms` → nanoseconds. */
export const duration = () => quantity(parseDuration, 'duration', ['s', 'ms']);
/** `10Gbps` → bits a second. */
export const bandwidth = () => quantity(parseBandwidth, 'bandwidth', ['Gbps', 'Mbps']);
/** `12k/s` → per second. */
export const rate = () => quantity(parseRate, 'rate', ['/s', 'k/s']);
/** `70%` → 0.7, in [0, 1]. */
export const share = () => quantity(parseShare, 'share', ['%']);
/** `x8` → 8. */
export const factor = () => quantity(parseFactor, 'factor', []).describe('a factor: x8, x0.5');

/** A whole number, `40k` or `2M`, from `min` up. */
export function count(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const form = z.union([z.number(), z.string()], {
    error: () => coded('E0203', 'expected a whole number', 'like 20, 40k or 2M'),
  });
  return form.transform((input, context) => {
    const parsed = parseCount(String(input));
    const wrong = !parsed.ok
      ? coded('E0206', parsed.message, parsed.hint)
      : parsed.value < min || parsed.value > max
        ? coded('E0207', `${parsed.value} is outside ${min} to ${max}`)
        : null;
    if (parsed.ok && wrong === null) return parsed.value;
    context.issues.push({ code: 'custom', input, message: wrong! });
    return z.NEVER;
  });
}

/** A plain number above `above`. */
export function numberAbove(above: number) {
  return z
    .number({ error: (issue) => coded('E0203', `expected a number, not ${named(issue.input)}`) })
    .refine((value) => value > above && value <= 1e18, {
      error: coded('E0207', `the number must be above ${above} and at most 1e18`),
    });
}

/** `on`, `off`, true or false. */
export const onOff = () =>
  z
    .union([z.boolean(), z.enum(['on', 'off'])], {
      error: ({ input }) => {
        const near = typeof input === 'string' ? nearestName(input, ['off', 'on']) : undefined;
        return coded(
          'E0203',
          `expected on or off, not ${named(input)}`,
          near && `did you mean '${near}'?`,
        );
      },
    })
    .transform((value) => value === true || value === 'on');

/** `250ms..2s` → nanoseconds, low to high; a single duration is both. */
export function durationRange(prefix = '') {
  const form = z.string({ error: (issue) => needsUnit(issue.input, 'range of durations', ['s']) });
  return form.transform((text, context) => {
    const words =
      prefix !== '' && text.startsWith(`${prefix} `) ? text.slice(prefix.length + 1) : text;
    const [lowText, highText] = words.includes('..') ? splitRange(words) : [words, words];
    const low = parseDuration(lowText.trim());
    const high = parseDuration(highText.trim());
    if (low.ok && high.ok && low.value <= high.value)
      return { lowNs: low.value, highNs: high.value };
    const message = !low.ok ? low.message : !high.ok ? high.message : `'${text}' runs backwards`;
    context.issues.push({
      code: 'custom',
      input: text,
      message: coded('E0206', message, 'write a range like 250ms..2s'),
    });
    return z.NEVER;
  });
}

export function splitRange(text: string): [string, string] {
  const at = text.indexOf('..');
  return [text.slice(0, at), text.slice(at + 2)];
}

/** What a value is, in words. */
export function named(input: unknown): string {
  if (input === null) return 'null';
  if (input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  return `'${String(input as string | number | boolean).slice(0, 40)}'`;
}
