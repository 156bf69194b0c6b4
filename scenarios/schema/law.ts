import type { DistributionSpec } from '../../sim/index.ts';
import { nearestName } from '../suggest.ts';
import { parseShare, type Parsed } from './numerals.ts';

/** A distribution, or what is wrong with its words. */
export type ParsedLaw =
  | { readonly ok: true; readonly value: DistributionSpec }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint?: string };

/** Reads the values of `empirical file=…`, or says why not. */
export type ReadValues = (
  file: string,
) =>
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly message: string };

type ParseQuantity = (text: string) => Parsed;
type Words = ReadonlyMap<string, string>;

/** Keys of each law; a law with alternatives lists each set that is complete. */
const LAW_KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  constant: [['value']],
  exponential: [['mean']],
  lognormal: [
    ['mean', 'p99'],
    ['mean', 'scv'],
    ['mu', 'sigma'],
  ],
  pareto: [
    ['alpha', 'min'],
    ['alpha', 'min', 'max'],
  ],
  erlang: [['stages', 'mean']],
  hyperexponential: [
    ['mean', 'scv'],
    ['p', 'mean1', 'mean2'],
  ],
  uniform: [['low', 'high']],
  weibull: [['shape', 'scale']],
  empirical: [['file']],
};

/** Quantile 0.99 of the standard normal law, Φ⁻¹(0.99). */
const Z99 = 2.3263478740408408;

/** `NAME key=value …`, or a bare quantity for a constant. */
export function parseLaw(text: string, parse: ParseQuantity, read: ReadValues | null): ParsedLaw {
  const words = text.trim().split(/\s+/);
  const name = words[0] ?? '';
  if (/^\d/.test(name) || LAW_KEYS[name] === undefined) return constantOr(text, name, parse);
  const pairs = new Map<string, string>();
  for (const word of words.slice(1)) {
    const at = word.indexOf('=');
    if (at <= 0) return refuse(`'${word}' in '${text}' is not key=value`, formOf(name));
    const key = word.slice(0, at);
    if (pairs.has(key)) return refuse(`'${key}' is there twice in '${text}'`, formOf(name));
    pairs.set(key, word.slice(at + 1));
  }
  const allowed = new Set(LAW_KEYS[name]!.flat());
  const unknown = [...pairs.keys()].find((key) => !allowed.has(key));
  if (unknown !== undefined) {
    const near = nearestName(unknown, allowed);
    return refuse(
      `${name} has no '${unknown}'`,
      near === undefined ? formOf(name) : `did you mean '${near}'?`,
    );
  }
  const complete = LAW_KEYS[name]!.some(
    (keys) => keys.length === pairs.size && keys.every((key) => pairs.has(key)),
  );
  if (!complete) return refuse(`'${text}' does not determine the law`, formOf(name));
  if (name === 'empirical') return empirical(pairs.get('file')!, parse, read);
  const numbers = readNumbers(pairs, parse);
  return numbers.ok ? lawOf(name, numbers.value) : numbers.error;
}

function constantOr(text: string, name: string, parse: ParseQuantity): ParsedLaw {
  const constant = parse(text);
  if (constant.ok) return { ok: true, value: { law: 'constant', value: constant.value } };
  if (/^\d/.test(name)) {
    return {
      ok: false,
      code: constant.code ?? 'E0206',
      message: constant.message,
      hint: constant.hint,
    };
  }
  const law = /^[a-z]+/i.exec(name)?.[0] ?? name;
  const near = nearestName(law, Object.keys(LAW_KEYS));
  if (name.includes('(')) {
    return refuse(`'${text}' uses parentheses`, formOf(near ?? 'lognormal'));
  }
  return refuse(
    `unknown law '${law}'`,
    near === undefined ? `laws: ${Object.keys(LAW_KEYS).join(', ')}` : `did you mean '${near}'?`,
  );
}

/** Keys without a unit; all others carry one. */
const PURE = new Set(['alpha', 'stages', 'scv', 'shape', 'mu', 'sigma']);

function readNumbers(
  pairs: Words,
  parse: ParseQuantity,
): { ok: true; value: Record<string, number> } | { ok: false; error: ParsedLaw } {
  const numbers: Record<string, number> = {};
  for (const [key, text] of pairs) {
    const pure = PURE.has(key);
    const parsed: Parsed =
      key === 'p' ? parseProbability(text) : pure ? parsePure(text) : parse(text);
    if (!parsed.ok) {
      const code = parsed.code ?? 'E0206';
      return {
        ok: false,
        error: { ok: false, code, message: `${key}: ${parsed.message}`, hint: parsed.hint },
      };
    }
    if (parsed.value <= 0 && key !== 'mu' && key !== 'low') {
      return { ok: false, error: refuse(`${key} must be above 0`, '') };
    }
    numbers[key] = parsed.value;
  }
  return { ok: true, value: numbers };
}

function parsePure(text: string): Parsed {
  if (/^-?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= 1e9) {
    return { ok: true, value: Number(text) };
  }
  return { ok: false, message: `'${text}' is not a plain number`, hint: 'write it without a unit' };
}

function parseProbability(text: string): Parsed {
  const parsed = text.endsWith('%') ? parseShare(text) : parsePure(text);
  if (parsed.ok && parsed.value >= 1) {
    return { ok: false, code: 'E0207', message: `'${text}' is not below 1`, hint: '' };
  }
  return parsed;
}

function lawOf(name: string, n: Record<string, number>): ParsedLaw {
  switch (name) {
    case 'constant':
      return law({ law: 'constant', value: n['value']! });
    case 'exponential':
      return law({ law: 'exponential', mean: n['mean']! });
    case 'lognormal':
      return lognormal(n);
    case 'pareto':
      return pareto(n);
    case 'erlang':
      return Number.isInteger(n['stages'])
        ? law({ law: 'erlang', stages: n['stages']!, mean: n['mean']! })
        : refuse('stages must be a whole number', formOf(name));
    case 'hyperexponential':
      return hyperexponential(n);
    case 'uniform':
      return n['low']! < n['high']!
        ? law({ law: 'uniform', low: n['low']!, high: n['high']! })
        : refuse('low must be below high', formOf(name));
    default:
      return law({ law: 'weibull', shape: n['shape']!, scale: n['scale']! });
  }
}

/**
 * From mean m and p99 q: ln(q/m) = zσ − σ²/2, so σ = z − √(z² − 2 ln(q/m)), the root that is
 * continuous at q = m. It exists for m < q ≤ m·exp(z²/2) ≈ 14.97 m.
 */
function lognormal(n: Record<string, number>): ParsedLaw {
  if (n['mu'] !== undefined) return law({ law: 'lognormal', mu: n['mu'], sigma: n['sigma']! });
  const mean = n['mean']!;
  if (n['scv'] !== undefined) return lognormalOf(mean, Math.sqrt(Math.log1p(n['scv'])));
  const ratio = n['p99']! / mean;
  const discriminant = Z99 * Z99 - 2 * Math.log(ratio);
  if (ratio > 1 && discriminant >= 0) return lognormalOf(mean, Z99 - Math.sqrt(discriminant));
  const why = ratio > 1 ? 'is more than 14.97 times the mean' : 'is not above the mean';
  return {
    ok: false,
    code: 'E0212',
    message: `no lognormal law has this mean and p99: p99 ${why}`,
    hint: 'give mean and scv, or mu and sigma',
  };
}

function lognormalOf(mean: number, sigma: number): ParsedLaw {
  return law({ law: 'lognormal', mu: Math.log(mean) - (sigma * sigma) / 2, sigma });
}

function pareto(n: Record<string, number>): ParsedLaw {
  const [alpha, min, max] = [n['alpha']!, n['min']!, n['max']];
  if (max === undefined) return law({ law: 'pareto', alpha, min });
  return max > min
    ? law({ law: 'pareto', alpha, min, max })
    : refuse('max must be above min', formOf('pareto'));
}

/** Two phases with balanced means: p·mean1 = (1 − p)·mean2 (Allen 1990); scv must be above 1. */
function hyperexponential(n: Record<string, number>): ParsedLaw {
  if (n['scv'] === undefined) {
    return law({
      law: 'hyperexponential',
      probability: n['p']!,
      mean1: n['mean1']!,
      mean2: n['mean2']!,
    });
  }
  const [mean, scv] = [n['mean']!, n['scv']];
  if (scv <= 1) return { ok: false, code: 'E0212', message: 'hyperexponential needs scv above 1' };
  const probability = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const mean1 = mean / (2 * probability);
  return law({
    law: 'hyperexponential',
    probability,
    mean1,
    mean2: mean / (2 * (1 - probability)),
  });
}

function empirical(file: string, parse: ParseQuantity, read: ReadValues | null): ParsedLaw {
  if (read === null) return { ok: false, code: 'E0122', message: `cannot read '${file}' here` };
  const found = read(file);
  if (!found.ok) return { ok: false, code: 'E0122', message: found.message };
  const values: number[] = [];
  for (const [index, text] of found.values.entries()) {
    const parsed = parse(text);
    if (!parsed.ok) return refuse(`${file}, value ${index + 1}: ${parsed.message}`, parsed.hint);
    values.push(parsed.value);
  }
  if (values.length === 0) return refuse(`'${file}' holds no values`, 'one quantity a line');
  return law({ law: 'empirical', values: values.sort((a, b) => a - b) });
}

function formOf(name: string): string {
  const forms = LAW_KEYS[name]!.map((keys) => `${name} ${keys.map((key) => `${key}=…`).join(' ')}`);
  return `write: ${forms.join(' or ')}`;
}

function law(value: DistributionSpec): ParsedLaw {
  return { ok: true, value };
}

function refuse(message: string, hint: string): ParsedLaw {
  return { ok: false, code: 'E0210', message, ...(hint === '' ? {} : { hint }) };
}
