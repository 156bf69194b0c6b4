import { z } from 'zod';
import type { Findings } from './diagnostics.ts';
import { reportIssue, type RawIssue } from './schema-issues.ts';
import { nodeAt, toPlain, type Path, type TreeMap } from './tree.ts';

/**
 * One section of a scenario through its schema: the typed value, or undefined after reporting every
 * issue at the place where the offending text is written. An absent section is decoded as an empty
 * mapping, so that defaults have one home: the schema.
 */
export function decodeSection<Schema extends z.ZodType>(
  schema: Schema,
  root: TreeMap,
  path: Path,
  findings: Findings,
): z.output<Schema> | undefined {
  const node = nodeAt(root, path);
  const plain = node === undefined ? {} : toPlain(node);
  // The library finalises issues without the schema they come from; it is kept by number.
  const raw: RawIssue[] = [];
  const parsed = schema.safeParse(plain, {
    error: (issue) => `#${raw.push(issue as unknown as RawIssue) - 1}`,
  });
  if (parsed.success) return parsed.data;
  const context = { root, base: path, raw, findings };
  for (const issue of parsed.error.issues) reportIssue(issue, context);
  return undefined;
}
