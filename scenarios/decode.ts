import type { z } from 'zod';
import type { Findings } from './diagnostics.ts';
import { reportIssue, unknownKeys, type RawIssue } from './schema-issues.ts';
import { nodeAt, toPlain, type Path, type Plain, type TreeMap } from './tree.ts';

/** `sound` is false when something was reported; the value then lacks what was wrong. */
export interface DecodedSection<Value> {
  readonly value: Value | undefined;
  readonly sound: boolean;
}

/**
 * One section of a scenario through its schema, every issue reported at the place where the
 * offending text is written. An absent section is decoded as an empty mapping, so that defaults
 * have one home: the schema. A section with mistakes is decoded again without them, so that
 * whatever else it says is checked against the rest of the file as well.
 */
export function decodeSection<Schema extends z.ZodType>(
  schema: Schema,
  root: TreeMap,
  path: Path,
  findings: Findings,
): DecodedSection<z.output<Schema>> {
  const node = nodeAt(root, path);
  const plain = node === undefined ? {} : toPlain(node);
  // The library finalises issues without the schema they come from; it is kept by number.
  const raw: RawIssue[] = [];
  const parsed = schema.safeParse(plain, {
    error: (issue) => `#${raw.push(issue as unknown as RawIssue) - 1}`,
  });
  if (parsed.success) return { value: parsed.data, sound: true };
  const unknown = new Set(unknownKeys(parsed.error.issues));
  const context = { root, base: path, raw, unknown, findings };
  for (const issue of parsed.error.issues) reportIssue(issue, context);
  for (const issue of parsed.error.issues) prune(plain, issue);
  const rest = schema.safeParse(plain);
  return { value: rest.success ? rest.data : undefined, sound: false };
}

/** Deletes what an issue is about: unknown keys, else the innermost mapping entry on its path. */
function prune(plain: Plain, issue: z.core.$ZodIssue): void {
  if (issue.code === 'unrecognized_keys') {
    const owner = mappingOf(valueAt(plain, issue.path));
    for (const key of issue.keys) delete owner?.[key];
    return;
  }
  for (let length = issue.path.length; length > 0; length--) {
    const owner = mappingOf(valueAt(plain, issue.path.slice(0, length - 1)));
    const key = String(issue.path[length - 1]);
    if (owner === null || !(key in owner)) continue;
    delete owner[key];
    return;
  }
}

function valueAt(plain: Plain, path: readonly PropertyKey[]): Plain | undefined {
  let value: Plain | undefined = plain;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, Plain>)[step];
  }
  return value;
}

type Mutable = { [key: string]: Plain };

function mappingOf(value: Plain | undefined): Mutable | null {
  const is = typeof value === 'object' && value !== null && !Array.isArray(value);
  return is ? (value as Mutable) : null;
}
