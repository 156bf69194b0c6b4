import { POLICIES, ROUTING } from './catalogue.ts';
import type { Findings } from './diagnostics.ts';
import { matrixOverlays } from './matrix.ts';
import { nested, overlay } from './overlay.ts';
import { listOf } from './schema-issues.ts';
import { SECTION_SCHEMAS } from './sections.ts';
import { nearestName } from './suggest.ts';
import { toPlain, type Plain, type TreeEntry, type TreeMap, type TreeNode } from './tree.ts';

/** One strategy of a scenario: what it changes, and the whole with that change. */
export interface Variant {
  readonly name: string;
  /** By dotted path, as written. */
  readonly settings: Readonly<Record<string, Plain>>;
  readonly root: TreeMap;
  readonly isBaseline: boolean;
}

/** Sections that are the same for all strategies, as they say how strategies are compared. */
const FIXED = new Set([
  'version',
  'name',
  'description',
  'include',
  'strategies',
  'sweep',
  'run',
  'thresholds',
  'gate',
  'output',
  'story',
]);

const STRATEGY_KEYS = ['baseline', 'matrix', 'exclude', 'add'];

/** All strategies; a scenario without any is one strategy called `default`. */
export function variantsOf(root: TreeMap, findings: Findings): readonly Variant[] {
  const node = root.entries.get('strategies')?.value;
  if (node === undefined) return [{ name: 'default', settings: {}, root, isBaseline: true }];
  if (node.kind !== 'map') {
    findings.error('E0203', node.place, "expected a mapping for 'strategies'");
    return [];
  }
  const overlays = overlaysOf(node, findings);
  if (overlays.size === 0) {
    if (!findings.hasErrors) findings.error('E0402', node.place, 'there is no strategy');
    return [];
  }
  const written = node.entries.get('baseline')?.value;
  const baseline =
    written?.kind === 'scalar'
      ? String(written.value)
      : written === undefined
        ? [...overlays.keys()][0]!
        : 'baseline';
  return [...overlays].map(([name, layers]) => ({
    name,
    settings: settingsOf(layers),
    root: layers.reduce((below, over) => overlay(below, over, findings), root),
    isBaseline: name === baseline,
  }));
}

/**
 * Nested overlays, laid on the scenario one after the other: what a strategy extends, then its own.
 * They stay apart, as a null or `+key` is about everything below it.
 */
type Layers = readonly TreeMap[];

/** Name → layers, in the order written; the baseline first if it is no other's name. */
function overlaysOf(strategies: TreeMap, findings: Findings): Map<string, Layers> {
  const own = new Map([...strategies.entries].filter(([key]) => !STRATEGY_KEYS.includes(key)));
  const add = strategies.entries.get('add')?.value;
  if (add !== undefined && add.kind !== 'map') {
    findings.error('E0203', add.place, "expected a mapping of strategies for 'add'");
  }
  const named = new Map([...own, ...(add?.kind === 'map' ? add.entries : [])]);
  const overlays = new Map<string, Layers>();
  addBaseline(strategies.entries.get('baseline'), named, strategies, overlays, findings);
  const inOrder = (entries: Iterable<string>) => {
    for (const name of entries) {
      const layers = inherited(name, named, [], findings);
      if (layers !== null) overlays.set(name, layers);
    }
  };
  inOrder(own.keys());
  for (const [name, over] of matrixOverlays(strategies, findings)) {
    if (!overlays.has(name)) overlays.set(name, [checked(nested(over, findings), findings)]);
  }
  if (add?.kind === 'map') inOrder(add.entries.keys());
  return overlays;
}

/** `baseline: NAME` of a strategy, a bare policy or routing strategy, or an overlay of its own. */
function addBaseline(
  entry: TreeEntry | undefined,
  named: ReadonlyMap<string, TreeEntry>,
  strategies: TreeMap,
  overlays: Map<string, Layers>,
  findings: Findings,
): void {
  if (entry === undefined) return;
  const { value } = entry;
  if (value.kind === 'map') {
    overlays.set('baseline', [checked(nested(value, findings), findings)]);
    return;
  }
  if (value.kind !== 'scalar' || typeof value.value !== 'string') {
    findings.error('E0203', value.place, 'expected the name of a strategy');
    return;
  }
  if (named.has(value.value)) return;
  const cells = matrixOverlays(strategies, findings).map(([name]) => name);
  if (cells.includes(value.value)) return;
  const shorthand = shorthandOf(value);
  if (shorthand !== null) overlays.set(value.value, [shorthand]);
  else reportUnknownStrategy(value.value, value, [...named.keys(), ...cells], findings);
}

/** The overlay of a strategy on everything that its `extends` brings. */
function inherited(
  name: string,
  named: ReadonlyMap<string, TreeEntry>,
  chain: readonly string[],
  findings: Findings,
): Layers | null {
  const { value, keyPlace } = named.get(name)!;
  if (chain.length === 0 && !/^[A-Za-z0-9][A-Za-z0-9_+=.-]*$/.test(name)) {
    findings.error('E0208', keyPlace, `'${name}' is not a name`);
    return null;
  }
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const shorthand = shorthandOf(value);
    if (shorthand === null) reportUnknownStrategy(value.value, value, [], findings);
    return shorthand === null ? null : [shorthand];
  }
  if (value.kind !== 'map') {
    findings.error('E0203', value.place, `expected settings for the strategy '${name}'`);
    return null;
  }
  const parent = value.entries.get('extends')?.value;
  const entries = new Map([...value.entries].filter(([key]) => key !== 'extends'));
  const own = checked(nested({ ...value, entries }, findings), findings);
  if (parent === undefined) return [own];
  const parentName = parent.kind === 'scalar' ? String(parent.value) : '';
  if (!named.has(parentName)) {
    reportUnknownStrategy(parentName, parent, [...named.keys()], findings);
    return [own];
  }
  if (parentName === name || chain.includes(parentName)) {
    findings.error(
      'E0403',
      parent.place,
      `'${name}' extends itself: ${[...chain, name, parentName].join(' → ')}`,
    );
    return [own];
  }
  const below = inherited(parentName, named, [...chain, name], findings);
  return [...(below ?? []), own];
}

/** `round-robin` → { balancer: round-robin }; `dns-geo` → { routing: dns-geo }. */
function shorthandOf(node: TreeNode): TreeMap | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return null;
  const isIn = (entries: readonly { name: string }[]) =>
    entries.some(({ name }) => name === node.value);
  const section = isIn(ROUTING.entries) ? 'routing' : isIn(POLICIES.entries) ? 'balancer' : null;
  if (section === null) return null;
  const entries = new Map([[section, { keyPlace: node.place, value: node as TreeNode }]]);
  return { kind: 'map', entries, place: node.place };
}

function reportUnknownStrategy(
  name: string,
  node: TreeNode,
  named: readonly string[],
  findings: Findings,
): void {
  const known = [
    ...named,
    ...ROUTING.entries.map((e) => e.name),
    ...POLICIES.entries.map((e) => e.name),
  ];
  const near = nearestName(name, known) ?? POLICIES.aliases[name] ?? ROUTING.aliases[name];
  findings.error('E0310', node.place, `unknown strategy '${name}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    notes: [`strategies: ${listOf(known)}`],
  });
}

/** A strategy may change anything but how strategies are run and compared. */
function checked(over: TreeMap, findings: Findings): TreeMap {
  const entries = new Map(over.entries);
  for (const [key, { keyPlace }] of over.entries) {
    if (!FIXED.has(key.replace(/^\+/, ''))) continue;
    entries.delete(key);
    findings.error('E0404', keyPlace, `a strategy cannot change '${key}'`, {
      hint: `it may change: ${Object.keys(SECTION_SCHEMAS)
        .filter((name) => !FIXED.has(name))
        .join(', ')}`,
    });
  }
  return { ...over, entries };
}

/** Leaves by dotted path, as written; a later layer's word replaces what it covers. */
function settingsOf(layers: Layers): Readonly<Record<string, Plain>> {
  let settings = new Map<string, Plain>();
  for (const layer of layers) {
    const over = Object.entries(flattened(layer));
    const isCovered = (path: string): boolean =>
      over.some(([above]) => path === above || path.startsWith(`${above}.`));
    settings = new Map([...[...settings].filter(([path]) => !isCovered(path)), ...over]);
  }
  return Object.fromEntries(settings);
}

/** Leaves by dotted path. */
export function flattened(over: TreeMap): Readonly<Record<string, Plain>> {
  const settings = Object.create(null) as Record<string, Plain>;
  const visit = (node: TreeNode, path: string) => {
    if (node.kind !== 'map' || node.entries.size === 0) settings[path] = toPlain(node);
    else
      for (const [key, { value }] of node.entries)
        visit(value, path === '' ? key : `${path}.${key}`);
  };
  for (const [key, { value }] of over.entries) visit(value, key);
  return settings;
}
