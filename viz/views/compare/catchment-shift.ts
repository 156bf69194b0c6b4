import type { RecordedEvent } from '../../../sim/recording.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';

/** Users that one POP had and another has now; -1 = nobody. */
export interface ShiftFlow {
  readonly from: number;
  readonly to: number;
  /** Of all users of the world, 0 … 1. */
  readonly share: number;
}

/** Smaller flows are one: ribbons of less than a pixel say nothing. */
const FLOWS_MAX = 10;

/** An instant before whatever began last: to compare with. Null before the first event. */
export function beforeLastEvent(events: readonly RecordedEvent[], time_s: number): number | null {
  const begun = events.filter(({ at_s }) => at_s <= time_s && at_s > 0);
  const last_s = begun.at(-1)?.at_s;
  return last_s === undefined ? null : last_s - 1e-3;
}

export const movedShare = (flows: readonly ShiftFlow[]): number =>
  flows.reduce((sum, { share }) => sum + share, 0);

/** Who lost users to whom between two instants, largest first; who kept theirs is not listed. */
export function catchmentShift(
  player: RecordingPlayer,
  before_s: number,
  now_s: number,
): readonly ShiftFlow[] {
  const [before, now] = [player.catchments(), player.catchments()];
  if (before === null || now === null) return [];
  before.moveTo(before_s);
  now.moveTo(now_s);
  const flows = new Map<string, ShiftFlow>();
  player.index.world.regions.forEach(({ weight }, region) => {
    const [from, to] = [before.pops[region] ?? -1, now.pops[region] ?? -1];
    if (from === to) return;
    const key = `${from} ${to}`;
    flows.set(key, { from, to, share: (flows.get(key)?.share ?? 0) + weight });
  });
  return [...flows.values()]
    .sort((a, b) => b.share - a.share || a.from - b.from || a.to - b.to)
    .slice(0, FLOWS_MAX);
}
