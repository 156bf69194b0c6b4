import type { RecordingIndex } from '../../sim/recording.ts';
import type { Selection } from '../store.ts';

export interface Found {
  readonly selection: Selection;
  /** `Frankfurt`, `fra-ams`. */
  readonly label: string;
}

/** Every entity that can be selected, POPs first. */
export function entitiesOf(index: RecordingIndex): readonly Found[] {
  const { pops, servers, links, regions, origins } = index.world;
  return [
    ...pops.map(({ name, label }) => found('pop', name, label)),
    ...links.map(({ name }) => found('link', name, name)),
    ...regions.map(({ name, label }) => found('region', name, label)),
    ...origins.map(({ name }) => found('origin', name, name)),
    ...index.events.flatMap(({ name, text }) => (name === null ? [] : found('event', name, text))),
    ...servers.map(({ name, pop }) => found('server', `${pops[pop]?.name}/${name}`, name)),
  ];
}

const found = (kind: Selection['kind'], name: string, label: string): Found => ({
  selection: { kind, name },
  label,
});

const EXACT = 2_000;

/**
 * How well letters match a text, more is better; null = they do not occur in this order. The
 * text itself wins, then whole beginnings, then letters that stand together.
 */
export function fuzzyScore(letters: string, text: string): number | null {
  const wanted = letters.toLowerCase();
  const given = text.toLowerCase();
  if (wanted === '') return 0;
  if (given === wanted) return EXACT;
  const whole = given.indexOf(wanted);
  if (whole >= 0) return 1_000 - Math.min(10 * whole, 500) - Math.min(given.length, 400);
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const next = given.indexOf(letter, at + 1);
    if (next < 0) return null;
    score += next === at + 1 ? 5 : 1;
    at = next;
  }
  return score;
}
