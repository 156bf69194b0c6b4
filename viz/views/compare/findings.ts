import type { Comparison } from '../../../sim/report.ts';
import { isShown } from './verdict.ts';

/** What the comparisons amount to: the surest finding, and the surest that says the opposite. */
export interface Findings {
  readonly main: Comparison | null;
  readonly counter: Comparison | null;
}

export function findingsOf(comparisons: readonly Comparison[]): Findings {
  const shown = comparisons
    .filter(isShown)
    .toSorted((a, b) => (a.p_adjusted ?? 1) - (b.p_adjusted ?? 1));
  // What happens in an event is the story; over the whole run it is diluted.
  const main = shown.find(({ during }) => during !== undefined) ?? shown[0] ?? null;
  const counter =
    shown.find(({ verdict, during }) => verdict !== main?.verdict && during === main?.during) ??
    shown.find(({ verdict }) => verdict !== main?.verdict) ??
    null;
  return { main, counter };
}
