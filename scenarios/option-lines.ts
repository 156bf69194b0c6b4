import { z } from 'zod';

/** What an option may be. */
type Written = string | number | boolean;

/** What of a JSON Schema says how an option is written. */
interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly OptionSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/**
 * A line for each option of a policy or health check, as a person writes it: `choices: whole number
 * 1 to 1024, default 2 — backends to draw for each pick`.
 */
export function optionLines(options: z.ZodType): string[] {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const option = property as OptionSchema;
    const meaning = option.description === undefined ? '' : ` — ${option.description}`;
    const written = (option.default ?? defaultOf(options, name)) as Written | undefined;
    const absent = required.has(name) ? ', required' : ', not set by default';
    const fallback = written === undefined ? absent : `, default ${written}`;
    return `${name}: ${formOf(option, options, name)}${fallback}${meaning}`;
  });
}

function formOf(option: OptionSchema, options: z.ZodType, name: string): string {
  if (option.enum !== undefined) return option.enum.join(' or ');
  if (option.anyOf !== undefined) return 'number from 0 to 1, or a percentage';
  if (option.type === 'boolean') return 'true or false';
  if (option.type === 'integer') return `whole number${boundsOf(option)}`;
  if (option.type === 'number') return `number${boundsOf(option)}`;
  return isDuration(options, name) ? 'duration' : 'text';
}

/** Bounds that a person set; those of the number type itself say nothing. */
function boundsOf({ minimum, exclusiveMinimum, maximum }: OptionSchema): string {
  const least = minimum ?? -Infinity;
  const most = maximum ?? Infinity;
  const isBounded = (value: number): boolean => Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  if (isBounded(least) && isBounded(most)) return ` ${least} to ${most}`;
  return isBounded(least) ? ` from ${least}` : '';
}

/** A default behind a transformation, which the JSON Schema of what is written leaves out. */
function defaultOf(options: z.ZodType, name: string): unknown {
  const schema = schemaOf(options, name);
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** Durations are texts with a unit: the schema of this option takes one. */
function isDuration(options: z.ZodType, name: string): boolean {
  const schema = schemaOf(options, name);
  return schema?.safeParse('1s').success === true && !schema.safeParse('no duration').success;
}

function schemaOf(options: z.ZodType, name: string): z.ZodType | undefined {
  if (options instanceof z.ZodObject) return (options.shape as Record<string, z.ZodType>)[name];
  return undefined;
}
