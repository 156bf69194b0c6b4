import type { Place } from './source.ts';

/**
 * A scenario between text and typed values: scalars, lists and mappings that remember where they
 * were written. Includes, strategies and `--set` are merged at this stage, so that an error always
 * points at the line a person wrote. Mappings are `Map`s: no key can reach a prototype.
 */
export type TreeNode = TreeScalar | TreeList | TreeMap;

export type Scalar = string | number | boolean | null;

export interface TreeScalar {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly place: Place;
}

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
  readonly place: Place;
}

export interface TreeMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly place: Place;
}

export interface TreeEntry {
  readonly keyPlace: Place;
  readonly value: TreeNode;
}

export type Path = readonly (string | number)[];

/** Plain JSON-like values; mappings become objects without a prototype. */
export type Plain = Scalar | readonly Plain[] | { readonly [key: string]: Plain };

export function toPlain(node: TreeNode): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const object = Object.create(null) as Record<string, Plain>;
  for (const [key, entry] of node.entries) object[key] = toPlain(entry.value);
  return object;
}

/** The node at a path, or undefined. */
export function nodeAt(root: TreeNode, path: Path): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    if (node.kind === 'map') node = node.entries.get(String(step))?.value;
    else if (node.kind === 'list') node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

/** The nearest place that exists on the way to a path: the value, else its closest ancestor. */
export function placeAt(root: TreeNode, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length));
    if (node !== undefined) return node.place;
  }
  return root.place;
}

/** Where the key at the end of a path is written; the value's place where there is no key. */
export function keyPlaceAt(root: TreeNode, path: Path): Place {
  const parent = nodeAt(root, path.slice(0, -1));
  const last = path[path.length - 1];
  const entry = parent?.kind === 'map' ? parent.entries.get(String(last)) : undefined;
  return entry?.keyPlace ?? placeAt(root, path);
}

export function mapAt(root: TreeNode, path: Path): TreeMap | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'map' ? node : undefined;
}
