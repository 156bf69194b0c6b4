import type { z } from 'zod';

/** A way to write a value, known by an example that a schema accepts. */
interface ValueForm {
  readonly form: string;
  readonly example: string;
}

/**
 * From the most particular to the most general, as a schema is of the first form whose example it
 * accepts: a distribution of durations takes plain durations too. Names are those of the table of
 * forms in `docs/scenarios.md`.
 */
const FORMS: readonly ValueForm[] = [
  { form: 'anything', example: 'no such word' },
  { form: 'replications', example: '10..40' },
  { form: 'range of durations', example: '250ms..2s' },
  { form: 'distribution of durations', example: 'exponential mean=5ms' },
  { form: 'distribution of sizes', example: 'exponential mean=60KiB' },
  { form: 'arrivals', example: 'poisson 80/s' },
  { form: 'popularity', example: 'zipf 0.9' },
  { form: 'clients', example: '1000 per region' },
  { form: 'capacity', example: '2000 objects' },
  { form: 'precision', example: '5% on p95(latency) at 95%' },
  { form: 'recording', example: 'timeline 1s' },
  { form: 'share of requests', example: '1 in 1000' },
  { form: 'moment of a caption', example: 'crash + 8s' },
  { form: '`gradual` duration', example: 'gradual 10m' },
  { form: 'duration', example: '250ms' },
  { form: 'bandwidth', example: '10Gbps' },
  { form: 'size', example: '60KiB' },
  { form: 'rate', example: '12k/s' },
  { form: 'share', example: '70%' },
  { form: 'factor', example: 'x8' },
  { form: 'count', example: '1' },
  { form: '`on` or `off`', example: 'on' },
];

/** The form of a schema that turns text into a value; null when it is none of these. */
export function formOf(schema: z.ZodType): string | null {
  const found = FORMS.find(({ example }) => schema.safeParse(example).success);
  if (found?.form !== 'anything') return found?.form ?? null;
  return schema.safeParse(['a', 'list']).success ? 'text, or a list' : 'text';
}

/** What plain text with a pattern is. */
export function textForm(schema: z.ZodType): string {
  const accepts = (text: string): boolean => schema.safeParse(text).success;
  if (accepts('any text at all')) return 'text';
  if (accepts('fra')) return 'name';
  if (accepts('0'.repeat(32))) return '32 hexadecimal digits';
  return accepts('AS1299') ? 'AS number (`AS1299`)' : 'address block (`203.0.113.0/24`)';
}

const UNITS_NS = { d: 86_400e9, h: 3_600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, ns: 1 };

/** A default as a scenario would write it: defaults in the schemas are in base units. */
export function writtenDefault(value: unknown, form: string): string {
  if (form.includes('`true`')) return `\`${String(value)}\``;
  if (typeof value === 'boolean') return value ? '`on`' : '`off`';
  if (typeof value !== 'number') return `\`${String(value)}\``;
  if (form.includes('share')) return `\`${value * 100}%\``;
  if (!form.includes('duration')) return `\`${value}\``;
  if (value === 0) return '`0s`';
  const [unit, unitNs] = Object.entries(UNITS_NS).find(
    ([, ns]) => value >= ns && value % ns === 0,
  )!;
  return `\`${value / unitNs}${unit}\``;
}
