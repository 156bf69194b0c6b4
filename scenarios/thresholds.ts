import type { Findings } from './diagnostics.ts';
import type { Names } from './names.ts';
import { parseThreshold } from './schema/threshold-grammar.ts';
import type { Threshold } from './schema/threshold.ts';
import type { SectionReader } from './sections.ts';
import type { Place } from './source.ts';
import { nearestName } from './suggest.ts';
import { placeAt, type Path, type TreeMap } from './tree.ts';

/** The sentences under `thresholds:`, each checked against what the scenario has. */
export function decodeThresholds(
  root: TreeMap,
  sections: SectionReader,
  names: Names,
  findings: Findings,
): readonly Threshold[] {
  const entries = sections.read(root, 'thresholds') ?? [];
  return entries.flatMap((entry, index): Threshold[] => {
    const text = typeof entry === 'string' ? entry : entry.check;
    const path: Path =
      typeof entry === 'string' ? ['thresholds', index] : ['thresholds', index, 'check'];
    const only = typeof entry === 'string' ? null : entry.only;
    for (const name of only ?? []) {
      if (names.strategies.includes(name)) continue;
      const near = nearestName(name, names.strategies);
      findings.error(
        'E0310',
        placeAt(root, ['thresholds', index, 'only']),
        `unknown strategy '${name}'`,
        {
          hint: near === undefined ? undefined : `did you mean '${near}'?`,
        },
      );
    }
    const parsed = parseThreshold(text, names);
    if (parsed.ok) return [{ ...parsed.value, only }];
    const { code, message, hint, from, to } = parsed.problem;
    findings.error(code, placeWithin(placeAt(root, path), text, from, to), message, { hint });
    return [];
  });
}

/** A part of a scalar's text, where the source spells the scalar literally; else the scalar. */
export function placeWithin(place: Place, text: string, from: number, to: number): Place {
  const written = place.source.text.slice(place.from, place.to);
  const at = written.indexOf(text);
  return at < 0
    ? place
    : { source: place.source, from: place.from + at + from, to: place.from + at + to };
}
