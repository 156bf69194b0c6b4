import type { Findings } from './diagnostics.ts';
import { LIMITS } from './limits.ts';
import type { TreeEntry, TreeMap, TreeNode } from './tree.ts';

/** Keys with a short form: `balancer: maglev` is `balancer: { policy: maglev }`. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  balancer: 'policy',
  active: 'kind',
  passive: 'kind',
};

/**
 * `over` laid on `base`: mappings merge key by key, everything else is replaced; `+key:` appends to
 * a list, and an explicit null deletes. Untouched nodes are shared, never copied.
 */
export function overlay(base: TreeMap, over: TreeMap, findings: Findings): TreeMap {
  const entries = new Map(base.entries);
  for (const [written, entry] of over.entries) {
    const key = written.startsWith('+') ? written.slice(1) : written;
    const below = writtenOut(key, entries.get(key), entry);
    if (written !== key) entries.set(key, appended(key, below, entry, findings));
    else if (entry.value.kind === 'scalar' && entry.value.value === null) entries.delete(key);
    else if (entry.value.kind === 'map' && below?.value.kind === 'map') {
      entries.set(key, {
        keyPlace: entry.keyPlace,
        value: overlay(below.value, entry.value, findings),
      });
    } else entries.set(key, { keyPlace: entry.keyPlace, value: settled(entry.value, findings) });
  }
  return { kind: 'map', entries, place: over.place };
}

/** A short form that a mapping is laid on, as the mapping that it stands for. */
function writtenOut(
  key: string,
  below: TreeEntry | undefined,
  over: TreeEntry,
): TreeEntry | undefined {
  const member = SHORT_FORMS[key];
  if (member === undefined || over.value.kind !== 'map') return below;
  if (below?.value.kind !== 'scalar' || typeof below.value.value !== 'string') return below;
  // `off` and a new kind replace what is below: their options are others
  if (below.value.value === 'off' || over.value.entries.has(member)) return below;
  const entries = new Map([[member, below]]);
  const { place } = below.value;
  return { keyPlace: below.keyPlace, value: { kind: 'map', entries, place } };
}

/** Applies `+key:` and null inside a mapping that lies on nothing. */
function settled(node: TreeNode, findings: Findings): TreeNode {
  if (node.kind !== 'map') return node;
  const odd = [...node.entries].some(
    ([key, { value }]) =>
      key.startsWith('+') ||
      value.kind === 'map' ||
      (value.kind === 'scalar' && value.value === null),
  );
  if (!odd) return node;
  return overlay({ kind: 'map', entries: new Map(), place: node.place }, node, findings);
}

function appended(
  key: string,
  below: TreeEntry | undefined,
  entry: TreeEntry,
  findings: Findings,
): TreeEntry {
  if (entry.value.kind !== 'list') {
    findings.error('E0203', entry.value.place, `'+${key}' appends a list to a list`);
    return below ?? entry;
  }
  if (below === undefined) return entry;
  if (below.value.kind !== 'list') {
    findings.error('E0203', entry.keyPlace, `'${key}' is not a list, so nothing can be appended`);
    return below;
  }
  const items = [...below.value.items, ...entry.value.items];
  return { keyPlace: entry.keyPlace, value: { kind: 'list', items, place: entry.value.place } };
}

/** `{ prefixes.www.bgp.bfd: on }` → nested mappings; every key keeps its own place. */
export function nested(map: TreeMap, findings: Findings): TreeMap {
  let result: TreeMap = { kind: 'map', entries: new Map(), place: map.place };
  for (const [key, entry] of map.entries) {
    const steps = key.split('.');
    if (steps.length > LIMITS.nesting || steps.includes('')) {
      findings.error('E0208', entry.keyPlace, `'${key}' is not a dotted path`);
      continue;
    }
    let value = entry.value;
    for (const step of steps.slice(1).reverse()) {
      value = {
        kind: 'map',
        entries: new Map([[step, { keyPlace: entry.keyPlace, value }]]),
        place: value.place,
      };
    }
    const single = new Map([[steps[0]!, { keyPlace: entry.keyPlace, value }]]);
    result = keepingNulls(result, { kind: 'map', entries: single, place: map.place }, findings);
  }
  return result;
}

/** As `overlay`, but null stays: it has yet to delete something below. */
function keepingNulls(base: TreeMap, over: TreeMap, findings: Findings): TreeMap {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.value;
    if (below?.kind === 'map' && entry.value.kind === 'map') {
      entries.set(key, {
        keyPlace: entry.keyPlace,
        value: keepingNulls(below, entry.value, findings),
      });
    } else if (below !== undefined) {
      findings.error('E0106', entry.keyPlace, `'${key}' is set twice`);
    } else entries.set(key, entry);
  }
  return { kind: 'map', entries, place: base.place };
}
