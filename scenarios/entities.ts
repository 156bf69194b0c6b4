import type { EntityRef } from '../sim/index.ts';
import { findLink, type Names } from './names.ts';
import { nearestName } from './suggest.ts';

/** Entities by path (`pop/fra`, `servers/fra/gen3-*`, `links`), checked against what exists. */

export type EntityKind = 'pop' | 'server' | 'link' | 'origin' | 'prefix' | 'region' | 'class';

export type Resolved =
  | { readonly ok: true; readonly refs: readonly EntityRef[]; readonly plural: EntityKind | null }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly hint?: string | undefined;
    };

const KINDS: Readonly<Record<string, EntityKind>> = {
  pop: 'pop',
  server: 'server',
  link: 'link',
  origin: 'origin',
  prefix: 'prefix',
  region: 'region',
  class: 'class',
  pops: 'pop',
  servers: 'server',
  links: 'link',
  origins: 'origin',
  prefixes: 'prefix',
  regions: 'region',
  classes: 'class',
};

/** At most this many entities in one event: more is a mistake or a denial of service. */
const TARGETS_MAX = 1_000_000;

export function resolveEntities(text: string, names: Names): Resolved {
  if (text === 'world') return { ok: true, refs: [{ kind: 'world' }], plural: null };
  const [word = '', ...rest] = text.split('/');
  const kind = KINDS[word];
  if (kind === undefined) return unknownKind(text, word, names);
  if (rest.length === 0) {
    const all = word === kind ? [] : allOf(kind, names);
    if (all.length > 0) return { ok: true, refs: all, plural: kind };
    if (word !== kind) return refuse('E0306', `the scenario has no ${word}`);
    return refuse(
      'E0306',
      `'${text}' names no ${kind}`,
      `write ${kind}/${kind === 'server' ? 'POP/' : ''}NAME`,
    );
  }
  if (kind === 'server') return servers(text, rest, names);
  if (rest.length > 1) return refuse('E0306', `'${text}' has too many parts`, `write ${kind}/NAME`);
  return named(kind, rest[0]!, names);
}

function named(kind: EntityKind, name: string, names: Names): Resolved {
  const known = namesOfKind(kind, names);
  if (name.includes('*')) {
    const matches = known.filter(matcher(name));
    if (matches.length === 0)
      return refuse('E0306', `no ${kind} matches '${name}'`, listHint(known));
    return { ok: true, refs: matches.map((match) => refOf(kind, match)), plural: kind };
  }
  const found = kind === 'link' ? findLink(known, name) : known.includes(name) ? name : undefined;
  if (found !== undefined) return { ok: true, refs: [refOf(kind, found)], plural: null };
  return unknown(kind, `${kind}/${name}`, name, known, `${kind}/`);
}

function servers(text: string, rest: readonly string[], names: Names): Resolved {
  const [pop = '', pattern, ...more] = rest;
  if (more.length > 0)
    return refuse('E0306', `'${text}' has too many parts`, 'write server/POP/NAME');
  const pops = pop.includes('*')
    ? names.pops.filter(matcher(pop))
    : names.pops.includes(pop)
      ? [pop]
      : [];
  if (pops.length === 0)
    return unknown('pop', text, pop, names.pops, 'server/', text.slice(7 + pop.length));
  const refs: EntityRef[] = [];
  const wanted = pattern ?? '*';
  const matches = matcher(wanted);
  for (const at of pops) {
    for (const { prefix, count } of names.serverGroups(at)) {
      for (let i = 0; i < count && refs.length < TARGETS_MAX; i++) {
        const server = `${prefix}${i}`;
        if (matches(server)) refs.push({ kind: 'server', pop: at, server });
      }
    }
  }
  if (refs.length > 0) {
    return { ok: true, refs, plural: wanted.includes('*') || pops.length > 1 ? 'server' : null };
  }
  const known = pops.flatMap((at) =>
    names
      .serverGroups(at)
      .flatMap(({ prefix, count }) =>
        Array.from({ length: Math.min(count, 100) }, (_, i) => `${prefix}${i}`),
      ),
  );
  return unknown('server', text, wanted, known, `server/${pop}/`);
}

function allOf(kind: EntityKind, names: Names): EntityRef[] {
  if (kind === 'server') {
    const all = servers('servers/*/*', ['*', '*'], names);
    return all.ok ? [...all.refs] : [];
  }
  return namesOfKind(kind, names).map((name) => refOf(kind, name));
}

function namesOfKind(kind: EntityKind, names: Names): readonly string[] {
  switch (kind) {
    case 'pop':
      return names.pops;
    case 'link':
      return names.links;
    case 'origin':
      return names.origins;
    case 'prefix':
      return names.prefixes;
    case 'region':
      return names.regions;
    case 'class':
      return names.classes;
    case 'server':
      return [];
  }
}

function refOf(kind: EntityKind, name: string): EntityRef {
  switch (kind) {
    case 'pop':
      return { kind, pop: name };
    case 'link':
      return { kind, link: name };
    case 'origin':
      return { kind, origin: name };
    case 'prefix':
      return { kind, prefix: name };
    case 'region':
      return { kind, region: name };
    case 'class':
      return { kind, class: name };
    case 'server':
      throw new Error('a server needs its POP');
  }
}

/** `*` stands for any characters of a name. */
function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const form = new RegExp(`^${parts.join('[^/]*')}$`);
  return (name) => form.test(name);
}

/** A bare name: perhaps an entity without its kind. */
function unknownKind(text: string, word: string, names: Names): Resolved {
  const kinds: EntityKind[] = ['pop', 'link', 'origin', 'prefix', 'region', 'class'];
  if (text === word) {
    const owner = kinds.find((kind) => namesOfKind(kind, names).includes(text));
    if (owner !== undefined) {
      return refuse('E0306', `'${text}' needs its kind`, `did you mean '${owner}/${text}'?`);
    }
  }
  // A word alone is all of a kind, or in a sentence a class or an origin; with a slash it is one.
  const plurals = Object.keys(KINDS).filter((kind) => KINDS[kind] !== kind);
  const alone = ['world', ...plurals, ...names.classes, ...names.origins];
  const near = nearestName(word, text === word ? alone : Object.keys(KINDS));
  const rest = text.slice(word.length);
  return refuse(
    'E0306',
    `unknown entity '${text}'`,
    near === undefined
      ? 'entities: pop/ID, server/POP/NAME, link/A-B, origin/ID, prefix/ID, region/ID, class/ID'
      : `did you mean '${near}${rest}'?`,
  );
}

function unknown(
  kind: EntityKind,
  text: string,
  name: string,
  known: readonly string[],
  before: string,
  after = '',
): Resolved {
  const near = nearestName(name, known);
  const hint = near === undefined ? listHint(known) : `did you mean '${before}${near}${after}'?`;
  return refuse('E0306', `unknown ${kind} '${text}'`, hint);
}

function listHint(known: readonly string[]): string {
  if (known.length === 0) return 'there are none';
  return `there are: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`;
}

function refuse(code: string, message: string, hint?: string): Resolved {
  return { ok: false, code, message, hint };
}
