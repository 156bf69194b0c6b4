import { z } from 'zod';
import type { PolicySpec } from '../sim/index.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { decodeSection } from './decode.ts';
import type { Findings } from './diagnostics.ts';
import { listOf, reportUnknownKey } from './schema-issues.ts';
import { nearestName } from './suggest.ts';
import { nodeAt, toPlain, type Path, type Plain, type TreeMap, type TreeNode } from './tree.ts';

/**
 * A choice from a catalogue with its options, in any of the three forms people write:
 *
 *     policy: maglev      policy: { ring-hash: { vnodes: 160 } }      { policy: ring-hash, vnodes:
 * 160 }
 *
 * Options stay as written in the result: whoever creates the thing decodes them with the same
 * schema.
 */
export function decodeNamed(
  root: TreeMap,
  path: Path,
  catalogue: Catalogue,
  nameKey: string,
  besides: readonly string[],
  findings: Findings,
): PolicySpec | undefined {
  const node = nodeAt(root, path);
  if (node === undefined) return undefined;
  const choice = { root, catalogue, findings };
  if (node.kind !== 'map') return chosen(node, path, null, choice, []);
  const nameNode = node.entries.get(nameKey)?.value;
  if (nameNode === undefined) return wrapped(node, path, nameKey, besides, choice);
  if (nameNode.kind === 'map') {
    refuseBesides(node, path, [nameKey, ...besides], choice);
    return wrapped(nameNode, [...path, nameKey], nameKey, [], choice);
  }
  return chosen(nameNode, [...path, nameKey], path, choice, [nameKey, ...besides]);
}

interface Choice {
  readonly root: TreeMap;
  readonly catalogue: Catalogue;
  readonly findings: Findings;
}

/** `{ ring-hash: { vnodes: 160 } }`: the only key that is not one of `besides` is the name. */
function wrapped(
  node: TreeMap,
  path: Path,
  nameKey: string,
  besides: readonly string[],
  choice: Choice,
): PolicySpec | undefined {
  const names = [...node.entries.keys()].filter((key) => !besides.includes(key));
  const { catalogue, findings, root } = choice;
  const known = names.filter((name) => catalogue.entries.some((entry) => entry.name === name));
  if (known.length === 1) {
    refuseBesides(node, path, [known[0]!, ...besides], choice);
    const definition = definitionOf(known[0]!, catalogue)!;
    return withOptions(definition, [...path, known[0]!], choice, []);
  }
  if (names.length === 0) return undefined;
  if (known.length > 1) {
    findings.error('E0401', node.place, `more than one ${catalogue.noun}: ${listOf(known)}`);
    return undefined;
  }
  const valid = [nameKey, ...besides];
  const key = names.find((name) => nearestName(name, valid) === undefined) ?? names[0]!;
  if (nearestName(key, valid) === undefined && names.length === 1) {
    const entry = node.entries.get(key)!;
    reportUnknownName(key, entry.keyPlace, choice);
  } else {
    for (const name of names) reportUnknownKey(name, path, valid, { root, findings });
  }
  return undefined;
}

function chosen(
  node: TreeNode,
  path: Path,
  optionsAt: Path | null,
  choice: Choice,
  reserved: readonly string[],
): PolicySpec | undefined {
  const { catalogue, findings } = choice;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    findings.error('E0203', node.place, `expected the name of a ${catalogue.noun}`, {
      notes: [`${catalogue.plural}: ${listOf(catalogue.entries.map(({ name }) => name))}`],
    });
    return undefined;
  }
  const definition = definitionOf(node.value, catalogue);
  if (definition === undefined) {
    reportUnknownName(node.value, node.place, choice);
    return undefined;
  }
  if (optionsAt === null) return withOptions(definition, [...path, ''], choice, []);
  return withOptions(definition, optionsAt, choice, reserved);
}

/** Checks the options at `path` (an absent node has none) and keeps them as written. */
function withOptions(
  definition: Definition,
  path: Path,
  choice: Choice,
  reserved: readonly string[],
): PolicySpec | undefined {
  const { root, findings } = choice;
  const node = nodeAt(root, path);
  const entries =
    node?.kind === 'map'
      ? new Map([...node.entries].filter(([key]) => !reserved.includes(key)))
      : new Map();
  const before = findings.errorCount;
  const known =
    definition.options instanceof z.ZodObject
      ? Object.keys(definition.options.shape as object)
      : null;
  if (known !== null) {
    for (const key of entries.keys()) {
      if (known.includes(key)) continue;
      reportUnknownKey(key, path, [...known, ...reserved], { root, findings });
      entries.delete(key);
    }
  }
  const place = node?.place ?? root.place;
  const only: TreeMap = { kind: 'map', entries, place };
  decodeSection(definition.options, only, [], findings);
  if (findings.errorCount > before) return undefined;
  return { name: definition.name, options: toPlain(only) as Readonly<Record<string, Plain>> };
}

function refuseBesides(node: TreeMap, path: Path, valid: readonly string[], choice: Choice): void {
  const { root, findings } = choice;
  for (const key of node.entries.keys()) {
    if (!valid.includes(key)) reportUnknownKey(key, path, valid, { root, findings });
  }
}

function definitionOf(name: string, catalogue: Catalogue): Definition | undefined {
  return catalogue.entries.find((entry) => entry.name === name);
}

function reportUnknownName(name: string, place: TreeNode['place'], choice: Choice): void {
  const { catalogue, findings } = choice;
  const names = catalogue.entries.map((entry) => entry.name);
  const lower = name.toLowerCase();
  const alias = Object.hasOwn(catalogue.aliases, lower) ? catalogue.aliases[lower] : undefined;
  const near = nearestName(name, names) ?? alias;
  findings.error(catalogue.unknownCode, place, `unknown ${catalogue.noun} '${name}'`, {
    label: `not a ${catalogue.noun}`,
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    notes: [`${catalogue.plural}: ${listOf(names)}`],
  });
}
