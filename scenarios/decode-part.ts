import type { z } from 'zod';
import { decodeSection } from './decode.ts';
import type { Findings } from './diagnostics.ts';
import { nodeAt, type Path, type TreeMap } from './tree.ts';

/**
 * Decodes some keys of a mapping and leaves the others to somebody else: `balancer:` holds a
 * policy with its options and what stands around it. Undefined when something is wrong with them.
 */
export function decodePart<Schema extends z.ZodType>(
  schema: Schema,
  root: TreeMap,
  path: Path,
  keys: readonly string[],
  findings: Findings,
): z.output<Schema> | undefined {
  const node = nodeAt(root, path);
  const entries =
    node?.kind === 'map'
      ? new Map([...node.entries].filter(([key]) => keys.includes(key)))
      : new Map();
  const only: TreeMap = { kind: 'map', entries, place: node?.place ?? root.place };
  return decodeSection(schema, only, [], findings).value;
}
