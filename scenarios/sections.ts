import { z } from 'zod';
import { decodeSection, type DecodedSection } from './decode.ts';
import type { Findings } from './diagnostics.ts';
import { eventSettings } from './schema/events.ts';
import { networkSettings } from './schema/network.ts';
import { outputSettings } from './schema/output.ts';
import { dnsSettings, prefixSettings } from './schema/routing.ts';
import { gateSettings, runSettings, thresholdEntries } from './schema/run.ts';
import { healthSettings } from './schema/health.ts';
import { cacheSettings, originSettings } from './schema/services.ts';
import { storySettings } from './schema/story.ts';
import { trafficSettings } from './schema/traffic.ts';
import { reportUnknownKey } from './schema-issues.ts';
import { nodeAt, type TreeMap, type TreeNode } from './tree.ts';

/** Sections with a schema, in the canonical order of a scenario. */
export const SECTION_SCHEMAS = {
  network: networkSettings,
  prefixes: prefixSettings,
  dns: dnsSettings,
  traffic: trafficSettings,
  cache: z.union([z.literal('off'), cacheSettings]),
  origins: originSettings,
  health: z.union([z.literal('off'), healthSettings]),
  events: z.array(eventSettings),
  run: runSettings,
  thresholds: thresholdEntries,
  gate: gateSettings,
  output: outputSettings,
  story: storySettings,
} as const;

export type SectionName = keyof typeof SECTION_SCHEMAS;
export type Section<Name extends SectionName> = z.output<(typeof SECTION_SCHEMAS)[Name]>;

/** Sections that are decoded by hand: choices from catalogues, strategies, and plain words. */
export const OTHER_KEYS = [
  'version',
  'name',
  'description',
  'include',
  'routing',
  'regions',
  'balancer',
  'strategies',
  'sweep',
] as const;

export const TOP_LEVEL_KEYS: readonly string[] = [...OTHER_KEYS, ...Object.keys(SECTION_SCHEMAS)];

/**
 * Decodes sections on demand, each node once: the variants of a scenario share the nodes that their
 * overlays leave alone.
 */
export class SectionReader {
  readonly #findings: Findings;
  readonly #decoded = new Map<SectionName, WeakMap<TreeNode, DecodedSection<unknown>>>();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** Undefined when absent or beyond repair; what is wrong has been reported. */
  read<Name extends SectionName>(root: TreeMap, name: Name): Section<Name> | undefined {
    return this.#section(root, name)?.value as Section<Name> | undefined;
  }

  /** False when something is wrong in the section, so that what it seems to lack may be there. */
  isSound(root: TreeMap, name: SectionName): boolean {
    return this.#section(root, name)?.sound ?? true;
  }

  #section(root: TreeMap, name: SectionName): DecodedSection<unknown> | undefined {
    const node = nodeAt(root, [name]);
    if (node === undefined) return undefined;
    let known = this.#decoded.get(name);
    if (known === undefined) this.#decoded.set(name, (known = new WeakMap()));
    let entry = known.get(node);
    if (entry === undefined) {
      entry = decodeSection(SECTION_SCHEMAS[name], root, [name], this.#findings);
      known.set(node, entry);
    }
    return entry;
  }
}

/** Then a section that seems to be missing may be one of these. */
export function hasUnknownSections(root: TreeMap): boolean {
  return [...root.entries.keys()].some((key) => !TOP_LEVEL_KEYS.includes(key));
}

/** Unknown top-level keys, and the words every scenario begins with. */
export function checkTopLevel(root: TreeMap, findings: Findings): void {
  for (const key of root.entries.keys()) {
    if (!TOP_LEVEL_KEYS.includes(key))
      reportUnknownKey(key, [], TOP_LEVEL_KEYS, { root, findings });
  }
  const version = root.entries.get('version')?.value;
  if (version === undefined) {
    findings.error('E0209', root.place, "'version' is missing", { hint: 'begin with: version: 1' });
  } else if (version.kind !== 'scalar' || version.value !== 1) {
    const odd =
      version.kind === 'scalar' &&
      typeof version.value === 'number' &&
      !Number.isInteger(version.value);
    findings.error(
      'E0203',
      version.place,
      odd ? 'the version is a whole number: YAML reads 1.10 as 1.1' : 'this is format version 1',
      {
        hint: 'write version: 1',
      },
    );
  }
  for (const key of ['name', 'description']) {
    const node = root.entries.get(key)?.value;
    if (node !== undefined && (node.kind !== 'scalar' || typeof node.value !== 'string')) {
      findings.error('E0203', node.place, `'${key}' must be text`, {
        hint: node.kind === 'scalar' ? `quote it: "${String(node.value)}"` : undefined,
      });
    }
  }
  const name = root.entries.get('name')?.value;
  const text = name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : null;
  if (text !== null && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text)) {
    findings.error('E0208', name!.place, `'${text.slice(0, 40)}' cannot name a results folder`, {
      hint: 'letters, digits, -, _ and dots, at most 100',
    });
  }
}
