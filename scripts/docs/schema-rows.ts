import type { z } from 'zod';
import { formOf, textForm, writtenDefault } from './value-forms.ts';

/** One key of the scenario format. */
export interface SchemaRow {
  /** Dotted; NAME stands for a name of the author's choice, `[]` for each item of a list. */
  readonly path: string;
  readonly form: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** What is known of a key from the wrappers around its schema. */
interface Key {
  readonly path: string;
  readonly fallback: unknown;
  readonly meaning: string;
}

/** Every key below `schema`, in the order of the schema. */
export function schemaRows(schema: z.ZodType, path: string): readonly SchemaRow[] {
  const rows: SchemaRow[] = [];
  const key = { path, fallback: undefined, meaning: schema.description ?? '' };
  const form = collect(schema, key, rows);
  return form === '' ? rows : [rowOf(key, form), ...rows];
}

/**
 * The form of a schema in words, '' for a mapping that is told by its keys; those go to `rows`.
 */
function collect(schema: z.ZodType, key: Key, rows: SchemaRow[]): string {
  const { def } = (schema as unknown as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      for (const [name, value] of Object.entries(def.shape)) {
        addKey(value as z.ZodType, join(key.path, name), rows);
      }
      return '';
    case 'record':
      return collectRecord(def.valueType as z.ZodType, key, rows);
    case 'array':
      return collectList(def.element as z.ZodType, key, rows);
    case 'tuple':
      return `[${def.items.map((item) => collect(item as z.ZodType, key, rows)).join(', ')}]`;
    case 'union':
      if (isOneOrMore(def.options)) {
        collect(def.options[0] as z.ZodType, key, rows);
        return 'mapping, or a list of them';
      }
      return eitherOf(def.options.map((option) => collect(option as z.ZodType, key, rows)));
    case 'pipe':
      return formOf(schema) ?? collect(def.in as z.ZodType, key, rows);
    case 'nullable':
      return eitherOf([collect(def.innerType as z.ZodType, key, rows), '`null`']);
    case 'optional':
    case 'default':
    case 'prefault':
      return collect(def.innerType as z.ZodType, key, rows);
    default:
      return scalarForm(schema, def);
  }
}

/** A mapping or a list of the same mappings: told once. */
function isOneOrMore([first, second, ...more]: readonly unknown[]): boolean {
  const one = (first as z.core.$ZodTypes)._zod.def;
  const list = (second as z.core.$ZodTypes | undefined)?._zod.def;
  const isBoth = one.type === 'object' && list?.type === 'array' && list.element === first;
  return isBoth && more.length === 0;
}

function scalarForm(schema: z.ZodType, def: z.core.$ZodTypes['_zod']['def']): string {
  switch (def.type) {
    case 'string':
      return textForm(schema);
    case 'enum':
      return eitherOf(Object.values(def.entries).map((word) => `\`${word}\``));
    case 'literal':
      return eitherOf(def.values.map((value) => `\`${String(value)}\``));
    case 'number':
      return numberForm(schema as z.ZodNumber);
    case 'boolean':
      return '`true` or `false`';
    case 'unknown':
      return 'any value';
    default:
      throw new Error(`the reference knows no schema of type ${def.type}`);
  }
}

function numberForm({ minValue, maxValue, isInt }: z.ZodNumber): string {
  const noun = isInt ? 'whole number' : 'number';
  const isBounded = (value: number | null): boolean =>
    value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isBounded(minValue) && isBounded(maxValue)) return `${noun} ${minValue} to ${maxValue}`;
  return isBounded(minValue) ? `${noun} from ${minValue}` : noun;
}

function collectRecord(value: z.ZodType, key: Key, rows: SchemaRow[]): string {
  const inside: SchemaRow[] = [];
  const path = join(key.path, 'NAME');
  const form = collect(value, { ...key, path }, inside);
  rows.push(...inside);
  return form === '' ? '' : `mapping of names to: ${form}`;
}

function collectList(element: z.ZodType, key: Key, rows: SchemaRow[]): string {
  const form = collect(element, { ...key, path: `${key.path}[]` }, rows);
  return form === '' ? 'list of mappings' : `list of: ${form}`;
}

/** Reads the wrappers of a key, then what is inside. */
function addKey(schema: z.ZodType, path: string, rows: SchemaRow[]): void {
  let inner = schema;
  let meaning = schema.description ?? '';
  let fallback: unknown;
  for (;;) {
    const { def } = (inner as unknown as z.core.$ZodTypes)._zod;
    if (def.type !== 'optional' && def.type !== 'default' && def.type !== 'prefault') break;
    if (def.type !== 'optional') fallback = def.defaultValue;
    inner = def.innerType as z.ZodType;
    if (meaning === '') meaning = inner.description ?? '';
  }
  const key = { path, fallback, meaning };
  const inside: SchemaRow[] = [];
  const form = collect(inner, key, inside);
  if (form !== '' || meaning !== '') rows.push(rowOf(key, form === '' ? 'mapping' : form));
  rows.push(...inside);
}

/** `…; default 10m` at the end of a description is the default. */
const DEFAULT_IN_WORDS = /(?:^|[;,:] )default:? (?!of |that$)([^;]+)$/;

function rowOf({ path, fallback, meaning }: Key, form: string): SchemaRow {
  if (fallback !== undefined && !DEFAULT_IN_WORDS.test(meaning)) {
    return { path, form, fallback: writtenDefault(fallback, form), meaning };
  }
  const inWords = DEFAULT_IN_WORDS.exec(meaning);
  return {
    path,
    form,
    fallback: inWords?.[1] ?? '',
    meaning: inWords === null ? meaning : meaning.slice(0, inWords.index),
  };
}

/** Alternatives without repetition; a value or a list of it is said in one. */
function eitherOf(forms: readonly string[]): string {
  const given = [...new Set(forms.filter((form) => form !== ''))];
  const single = given.filter((form) => !given.some((other) => form === `list of: ${other}`));
  const words = [...new Set(single.flatMap(alternatives))];
  if (forms.includes('')) words.push('mapping');
  return `${words.join(' or ')}${single.length < given.length ? ', or a list' : ''}`;
}

/** `a` or `b` → both; forms of several words stay whole. */
function alternatives(form: string): readonly string[] {
  return /^`[^`]+`( or `[^`]+`)+$/.test(form) ? form.split(' or ') : [form];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
