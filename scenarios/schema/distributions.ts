import { z } from 'zod';
import type { DistributionSpec } from '../../sim/index.ts';
import { coded } from './issue-text.ts';
import { parseLaw, type ReadValues } from './law.ts';
import { named } from './quantities.ts';
import { parseDuration } from './duration.ts';
import { parseSize } from '../../topology/index.ts';

const LAWS =
  'constant, exponential, lognormal, pareto, erlang, hyperexponential, uniform, weibull, ' +
  'empirical';

/** `lognormal mean=35ms p99=220ms`, or a constant like `10ms`; values in nanoseconds. */
export const durationDistribution = () => distribution(parseDuration, 'duration');

/** `pareto alpha=1.6 min=2KiB max=1GiB`, or a constant like `60KiB`; values in bytes. */
export const sizeDistribution = () => distribution(parseSize, 'size');

function distribution(parse: Parameters<typeof parseLaw>[1], noun: string) {
  const form = z.string({
    error: (issue) =>
      typeof issue.input === 'number'
        ? coded(
            'E0205',
            `'${issue.input}' needs a unit`,
            noun === 'size'
              ? `${issue.input}KiB, ${issue.input}MB?`
              : `${issue.input}s, ${issue.input}ms?`,
          )
        : coded('E0203', `expected a distribution, not ${named(issue.input)}`, `laws: ${LAWS}`),
  });
  return form.transform((text, context): DistributionSpec => {
    const parsed = parseLaw(text, parse, readValues);
    if (parsed.ok) return parsed.value;
    context.issues.push({
      code: 'custom',
      input: text,
      message: coded(parsed.code, parsed.message, parsed.hint),
    });
    return z.NEVER;
  });
}

let readValues: ReadValues | null = null;

/** The reader in force, for other sentences that name a file. */
export function valuesReader(): ReadValues | null {
  return readValues;
}

/** Runs `decode` with a way to read `empirical file=…`; without one such laws are refused. */
export function withFiles<T>(read: ReadValues | null, decode: () => T): T {
  const before = readValues;
  readValues = read;
  try {
    return decode();
  } finally {
    readValues = before;
  }
}
