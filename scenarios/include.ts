import type { Findings } from './diagnostics.ts';
import { LIMITS } from './limits.ts';
import { overlay } from './overlay.ts';
import { presetNamed, presetNames } from './presets/index.ts';
import { readDocument } from './read.ts';
import { decodeUtf8, type ScenarioFiles } from './scenario-files.ts';
import { SourceText, type Place } from './source.ts';
import { nearestName } from './suggest.ts';
import type { TreeMap, TreeNode } from './tree.ts';

export interface IncludeOptions {
  readonly files: ScenarioFiles;
  readonly allowAliases?: boolean;
  /** Texts of all files read, for showing diagnostics. */
  readonly sources: Map<string, string>;
}

/** The file laid over everything it includes, in order, `include` itself removed. */
export function resolveIncludes(
  root: TreeMap,
  findings: Findings,
  options: IncludeOptions,
): TreeMap {
  const { source } = root.place;
  const budget = { count: 0, characters: source.text.length };
  return merged(root, [source.file], budget, findings, options);
}

interface Budget {
  count: number;
  characters: number;
}

function merged(
  root: TreeMap,
  chain: readonly string[],
  budget: Budget,
  findings: Findings,
  options: IncludeOptions,
): TreeMap {
  const empty: TreeMap = { kind: 'map', entries: new Map(), place: root.place };
  const entry = root.entries.get('include');
  const own: TreeMap = {
    ...root,
    entries: new Map([...root.entries].filter(([key]) => key !== 'include')),
  };
  let below = empty;
  if (entry !== undefined && entry.value.kind !== 'list') {
    findings.error('E0203', entry.value.place, "expected a list for 'include'", {
      hint: 'include: [{ preset: topology/global-24 }]',
    });
  }
  for (const item of entry?.value.kind === 'list' ? entry.value.items : []) {
    const included = includeItem(item, chain, budget, findings, options);
    if (included !== null) below = withStrategies(below, included, findings);
  }
  return { ...withStrategies(below, own, findings), place: root.place };
}

/**
 * `own` over `below`. Strategies are taken as written, by name: their nulls and `+keys` are about
 * the scenario they will be laid on.
 */
function withStrategies(below: TreeMap, own: TreeMap, findings: Findings): TreeMap {
  const without = (map: TreeMap): TreeMap => ({
    ...map,
    entries: new Map([...map.entries].filter(([key]) => key !== 'strategies')),
  });
  const result = overlay(without(below), without(own), findings);
  const [base, over] = [below.entries.get('strategies'), own.entries.get('strategies')];
  const entry = over ?? base;
  if (entry === undefined) return result;
  let { value } = entry;
  if (base?.value.kind === 'map' && over?.value.kind === 'map') {
    value = { ...over.value, entries: new Map([...base.value.entries, ...over.value.entries]) };
  }
  return { ...result, entries: new Map([...result.entries, ['strategies', { ...entry, value }]]) };
}

function includeItem(
  item: TreeNode,
  chain: readonly string[],
  budget: Budget,
  findings: Findings,
  options: IncludeOptions,
): TreeMap | null {
  const [key, entry] = item.kind === 'map' ? ([...item.entries][0] ?? []) : [];
  const name = entry?.value.kind === 'scalar' ? entry.value.value : null;
  const known = key === 'preset' || key === 'file';
  if (!known || item.kind !== 'map' || item.entries.size !== 1 || typeof name !== 'string') {
    const near = key === undefined ? undefined : nearestName(key, ['preset', 'file']);
    findings.error(
      known ? 'E0203' : 'E0301',
      entry?.keyPlace ?? item.place,
      'an include is a preset or a file',
      {
        hint:
          near !== undefined && !known
            ? `did you mean '${near}'?`
            : '{ preset: topology/global-24 } or { file: ./part.yaml }',
      },
    );
    return null;
  }
  const { place } = entry!.value;
  if (++budget.count > LIMITS.includeCount || chain.length > LIMITS.includeDepth) {
    findings.error(
      'E0123',
      place,
      budget.count > LIMITS.includeCount
        ? `more than ${LIMITS.includeCount} includes`
        : `includes nest deeper than ${LIMITS.includeDepth}`,
    );
    return null;
  }
  const source =
    key === 'preset'
      ? presetSource(name, place, findings)
      : fileSource(name, place, chain, findings, options);
  if (source === null) return null;
  budget.characters += source.text.length;
  if (budget.characters > LIMITS.includedBytes) {
    findings.error('E0103', place, 'with its includes the scenario is larger than 16 MiB');
    return null;
  }
  options.sources.set(source.file, source.text);
  const root = readDocument(source, findings, options);
  return root === null ? null : merged(root, [...chain, source.file], budget, findings, options);
}

function presetSource(name: string, place: Place, findings: Findings): SourceText | null {
  const preset = presetNamed(name);
  if (preset !== undefined)
    return new SourceText(`preset:${preset.name}@${preset.version}`, preset.text, place);
  const near =
    nearestName(name, presetNames()) ??
    nearestName(
      name.replace(/^[^/]*\//, ''),
      presetNames().map((n) => n.replace(/^[^/]*\//, '')),
    );
  const full = presetNames().find((known) => known === near || known.endsWith(`/${near}`));
  findings.error('E0309', place, `unknown preset '${name}'`, {
    hint: full === undefined ? undefined : `did you mean '${full}'?`,
    notes: [`presets: ${presetNames().join(', ')}`],
  });
  return null;
}

function fileSource(
  name: string,
  place: Place,
  chain: readonly string[],
  findings: Findings,
  { files }: IncludeOptions,
): SourceText | null {
  const read = files.read(name, chain.at(-1)!);
  if (!read.ok) {
    findings.error(read.code, place, read.message, { hint: read.hint });
    return null;
  }
  if (chain.includes(read.file)) {
    findings.error(
      'E0124',
      place,
      `the file includes itself: ${[...chain, read.file].join(' → ')}`,
    );
    return null;
  }
  const text = decodeUtf8(read.bytes);
  if (text !== null) return new SourceText(read.file, text, place);
  findings.error('E0104', place, `'${name}' is not UTF-8`);
  return null;
}
