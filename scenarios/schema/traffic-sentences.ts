import { z } from 'zod';
import type { ArrivalSpec, ObjectsSpec } from '../../sim/index.ts';
import { valuesReader } from './distributions.ts';
import { parseDuration } from './duration.ts';
import { nearestName } from '../suggest.ts';
import { coded } from './issue-text.ts';
import { parseCount, parseRate } from './numerals.ts';
import { named } from './quantities.ts';

/** `zipf 0.9` or `uniform`. */
export function popularity() {
  type Popularity = ObjectsSpec['popularity'];
  return sentence<Popularity>('a popularity law', 'zipf 0.9 or uniform', (text) => {
    if (text === 'uniform') return { law: 'uniform' };
    const match = /^zipf (?:a(?:lpha)?=)?(\d+(?:\.\d+)?)$/.exec(text);
    const alpha = Number(match?.[1]);
    return match !== null && alpha <= 10 ? { law: 'zipf', alpha } : null;
  });
}

/** `1000 per region` → 1000. */
export function clients() {
  return sentence<number>('a number of clients', '1000 per region', (text) => {
    const match = /^(\S+) per region$/.exec(text);
    const parsed = match === null ? null : parseCount(match[1]!);
    return parsed?.ok === true && parsed.value >= 1 && parsed.value <= 10_000_000
      ? parsed.value
      : null;
  });
}

/** `poisson 80/s`, `constant 80/s`, `trace file=arrivals.csv`. */
export function arrivals() {
  const form = 'poisson 80/s, constant 80/s or trace file=arrivals.csv';
  return sentence<ArrivalSpec>('an arrival process', form, (text) => {
    const [law, rest, ...more] = text.split(/\s+/);
    if (more.length > 0 || rest === undefined) return null;
    if (law === 'trace' && rest.startsWith('file=')) return trace(rest.slice(5));
    if (law !== 'poisson' && law !== 'constant') {
      const near = nearestName(law!, ['poisson', 'constant', 'trace']);
      if (near === undefined) return null;
      return coded('E0311', `'${law!}' is not an arrival process`, `did you mean '${near}'?`);
    }
    const parsed = parseRate(rest);
    if (!parsed.ok) return coded(parsed.code ?? 'E0206', parsed.message, parsed.hint);
    return { law, ratePerSecond: parsed.value };
  });
}

function trace(file: string): ArrivalSpec | string {
  const read = valuesReader();
  const found = read === null ? null : read(file);
  if (found === null) return coded('E0122', `cannot read '${file}' here`);
  if (!found.ok) return coded('E0122', found.message);
  const atNs: number[] = [];
  for (const [index, text] of found.values.entries()) {
    const parsed = parseDuration(text);
    if (!parsed.ok)
      return coded('E0206', `${file}, value ${index + 1}: ${parsed.message}`, parsed.hint);
    if (atNs.length > 0 && parsed.value < atNs[atNs.length - 1]!) {
      return coded('E0206', `${file}, value ${index + 1} is earlier than the one before`);
    }
    atNs.push(parsed.value);
  }
  return { law: 'trace', atNs };
}

/** Text that `read` turns into a value; null = not of this form, a string = a coded message. */
export function sentence<Value extends object | number>(
  noun: string,
  form: string,
  read: (text: string) => Value | string | null,
) {
  const text = z.string({
    error: (issue) =>
      coded('E0203', `expected ${noun}, not ${named(issue.input)}`, `write ${form}`),
  });
  return text.transform((written, context): Value => {
    const value = read(written.trim());
    if (value !== null && typeof value !== 'string') return value;
    const message = value ?? coded('E0206', `'${written}' is not ${noun}`, `write ${form}`);
    context.issues.push({ code: 'custom', input: written, message });
    return z.NEVER;
  });
}
