import type { RecordedEvent } from '../../sim/recording.ts';

/** Width of a letter of the small text, pixels: Inter at 11.5 px measured at 6.2. */
const LETTER_WIDTH = 6.4;
const PADDING = 12;
const WIDTH_MIN = 4;

export interface EventBar {
  readonly event: RecordedEvent;
  /** Pixels. */
  readonly x: number;
  readonly width: number;
  readonly lane: number;
  /** What fits; empty where nothing does. */
  readonly label: string;
}

/**
 * Bars of events in as few lanes as keep their labels apart; an event that finds no room keeps its
 * bar in the last lane without a label. Events outside the axis are left out.
 */
export function layOutEvents(
  events: readonly RecordedEvent[],
  x: { (time_s: number): number; range(): number[] },
  lanes: number,
): readonly EventBar[] {
  const [left = 0, right = 0] = x.range();
  const taken = Array.from({ length: lanes }, () => -Infinity);
  return events.flatMap((event) => {
    const from = Math.max(x(event.at_s), left);
    const until = Math.min(event.until_s === null ? right : x(event.until_s), right);
    if (from > right || until < left) return [];
    const width = Math.max(until - from, WIDTH_MIN);
    const name = event.name ?? event.verb;
    const text = name.length > 24 ? `${name.slice(0, 23)}…` : name;
    const labelled = Math.max(width, text.length * LETTER_WIDTH + PADDING);
    const lane = taken.findIndex((end) => end < from);
    const fits = lane >= 0 && from + labelled <= right + PADDING;
    const at = lane >= 0 ? lane : lanes - 1;
    taken[at] = from + (fits ? labelled : width) + 4;
    return [{ event, x: from, width, lane: at, label: fits ? text : '' }];
  });
}
