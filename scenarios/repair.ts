import { nodeAt, type Path, type TreeMap, type TreeNode } from './tree.ts';

/** A key that was refused, and the known key that it most likely stands for. */
export interface Misspelling {
  readonly parent: Path;
  readonly key: string;
  readonly meant: string;
}

/**
 * The tree as if known keys had been written. Only for looking for further mistakes: the file has
 * been refused already, but what a mistyped `network:` holds should be checked, and not be missed
 * by everything that speaks of its POPs.
 */
export function asMeant(root: TreeMap, misspellings: readonly Misspelling[]): TreeMap {
  let result = root;
  // Innermost first, as the paths of inner keys go through the outer ones as written.
  const inwards = [...misspellings].sort((a, b) => b.parent.length - a.parent.length);
  for (const { parent, key, meant } of inwards) {
    const owner = nodeAt(result, parent);
    if (owner?.kind !== 'map' || !owner.entries.has(key) || owner.entries.has(meant)) continue;
    const entries = new Map(
      [...owner.entries].map(([name, entry]) => [name === key ? meant : name, entry] as const),
    );
    const renamed = replaced(result, parent, { ...owner, entries });
    if (renamed.kind === 'map') result = renamed;
  }
  return result;
}

function replaced(node: TreeNode, [step, ...rest]: Path, by: TreeNode): TreeNode {
  if (step === undefined) return by;
  if (node.kind === 'list') {
    const items = node.items.map((item, i) =>
      i === Number(step) ? replaced(item, rest, by) : item,
    );
    return { ...node, items };
  }
  if (node.kind === 'scalar') return node;
  const entries = new Map(node.entries);
  const entry = entries.get(String(step));
  if (entry !== undefined)
    entries.set(String(step), { ...entry, value: replaced(entry.value, rest, by) });
  return { ...node, entries };
}
