import { mapAt, nodeAt, type TreeMap } from './tree.ts';

/**
 * Everything that events, thresholds and settings may speak of. Gathered from what is written even
 * where it does not decode, so that one mistake in a POP does not make every mention of it another.
 */
export interface Names {
  readonly pops: readonly string[];
  /** Servers of a POP in order: names are PREFIX + 0 … count − 1. */
  serverGroups(pop: string): readonly ServerNames[];
  readonly links: readonly string[];
  readonly origins: readonly string[];
  readonly prefixes: readonly string[];
  readonly regions: readonly string[];
  readonly classes: readonly string[];
  readonly events: readonly string[];
  readonly strategies: readonly string[];
}

export interface ServerNames {
  /** `` for plain servers, `gen3-` for typed ones. */
  readonly prefix: string;
  readonly count: number;
}

/** Names that a built-in world or an import brings. */
export interface MapNames {
  readonly pops: readonly string[];
  readonly links: readonly string[];
  readonly regions: readonly string[];
}

export function namesOf(root: TreeMap, map: MapNames, strategies: readonly string[]): Names {
  const written = keysAt(root, ['network', 'pops']).filter((name) => name !== '*');
  const population = nodeAt(root, ['traffic', 'users']) === undefined ? [] : ['users'];
  const classes = [...keysAt(root, ['traffic', 'classes']), ...population];
  const links = [...map.links];
  const list = nodeAt(root, ['network', 'links']);
  for (const link of list?.kind === 'list' ? list.items : []) {
    const between = nodeAt(link, ['between']);
    const ends =
      between?.kind === 'list'
        ? between.items.map((end) => (end.kind === 'scalar' ? String(end.value) : ''))
        : [];
    if (ends.length === 2 && findLink(links, ends.join('-')) === undefined)
      links.push(ends.join('-'));
  }
  return {
    pops: [...new Set([...map.pops, ...written])].sort(),
    serverGroups: (pop) => serverGroupsOf(root, pop),
    links,
    origins: keysAt(root, ['origins']),
    prefixes: withDefault(keysAt(root, ['prefixes']), 'www'),
    regions: map.regions,
    classes: withDefault(classes, 'default'),
    events: eventNames(root),
    strategies,
  };
}

/** The link between two POPs by either order of its ends. */
export function findLink(links: readonly string[], name: string): string | undefined {
  if (links.includes(name)) return name;
  for (let at = name.indexOf('-'); at > 0; at = name.indexOf('-', at + 1)) {
    const reversed = `${name.slice(at + 1)}-${name.slice(0, at)}`;
    if (links.includes(reversed)) return reversed;
  }
  return undefined;
}

/** A scenario that declares none has one of this name. */
function withDefault(names: readonly string[], name: string): readonly string[] {
  return names.length > 0 ? names : [name];
}

function serverGroupsOf(root: TreeMap, pop: string): readonly ServerNames[] {
  const servers =
    nodeAt(root, ['network', 'pops', pop, 'servers']) ??
    nodeAt(root, ['network', 'pops', '*', 'servers']);
  if (servers === undefined) return [{ prefix: '', count: 1 }];
  if (servers.kind === 'scalar') return [{ prefix: '', count: Number(servers.value) || 0 }];
  if (servers.kind === 'map') return [];
  return servers.items.map((group) => {
    const type = nodeAt(group, ['type']);
    const count = nodeAt(group, ['count']);
    return {
      prefix: type?.kind === 'scalar' ? `${String(type.value)}-` : '',
      count: count?.kind === 'scalar' ? Number(count.value) || 0 : 0,
    };
  });
}

function eventNames(root: TreeMap): readonly string[] {
  const list = nodeAt(root, ['events']);
  const names: string[] = [];
  for (const event of list?.kind === 'list' ? list.items : []) {
    const name = nodeAt(event, ['name']);
    if (name?.kind === 'scalar' && typeof name.value === 'string') names.push(name.value);
  }
  // Attacks are windows too; they are not built yet, which is said once and not at each mention.
  return [...new Set([...names, ...keysAt(root, ['attacks'])])];
}

function keysAt(root: TreeMap, path: readonly string[]): string[] {
  return [...(mapAt(root, path)?.entries.keys() ?? [])];
}
