import type { Findings } from './diagnostics.ts';
import type { EventSpec } from '../sim/index.ts';
import { resolveEntities } from './entities.ts';
import type { Names } from './names.ts';
import type { Caption } from './scenario.ts';
import type { CaptionMoment } from './schema/story.ts';
import type { SectionReader } from './sections.ts';
import { nearestName } from './suggest.ts';
import { keyPlaceAt, placeAt, type Path, type TreeMap } from './tree.ts';

/**
 * The story's captions with the times of what they wait for. `events` are the baseline's: captions
 * belong to the scenario, whatever the strategy.
 */
export function decodeCaptions(
  root: TreeMap,
  sections: SectionReader,
  events: readonly EventSpec[],
  names: Names,
  findings: Findings,
): readonly Caption[] {
  const story = sections.read(root, 'story') ?? [];
  const startNs = ({ event, plusNs }: CaptionMoment, path: Path, isKey: boolean): number | null => {
    if (event === null) return plusNs;
    const begun = events.find(({ name }) => name === event);
    if (begun !== undefined) return begun.atNs + plusNs;
    const near = nearestName(
      event,
      events.flatMap(({ name }) => name ?? []),
    );
    const place = isKey ? keyPlaceAt(root, path) : placeAt(root, path);
    const hint = near === undefined ? undefined : `did you mean '${near}'?`;
    // Without events there may be a mistake in them, which is told already.
    if (events.length > 0 || !findings.hasErrors) {
      findings.error('E0307', place, `unknown event '${event}'`, { hint });
    }
    return null;
  };
  if (!Array.isArray(story)) {
    return Object.entries(story).map(([event, text]) => ({
      atNs: startNs({ event, plusNs: 0 }, ['story', event], true),
      forNs: null,
      text,
      show: null,
    }));
  }
  return story.map((caption, index) => {
    if (typeof caption === 'string') return { atNs: null, forNs: null, text: caption, show: null };
    const { at, text, show = null } = caption;
    if (show !== null) {
      const shown = resolveEntities(show, names);
      if (!shown.ok) {
        const { code, message, hint } = shown;
        findings.error(code, placeAt(root, ['story', index, 'show']), message, { hint });
      }
    }
    const atNs = startNs(at, ['story', index, 'at'], false);
    return { atNs, forNs: caption.for ?? null, text, show };
  });
}
