import type { RecordedRegion } from '../../../sim/recording.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';

/** A client region that a POP serves at one instant. */
export interface ArrivingRegion {
  readonly region: RecordedRegion;
  readonly index: number;
  /** Of the users that arrive here, 0 … 1. */
  readonly share: number;
  /** POP that served it when the story began; null where that is this one. */
  readonly takenFrom: number | null;
  /** NaN without a value. */
  readonly requestsPerSecond: number;
  readonly latencyP95_s: number;
}

/** The regions whose users arrive at a POP, those with most users first; null in a laboratory. */
export function arrivingRegions(
  player: RecordingPlayer,
  pop: number,
  time_s: number,
): readonly ArrivingRegion[] | null {
  const catchments = player.catchments();
  if (catchments === null) return null;
  const initial = Int32Array.from(catchments.pops);
  catchments.moveTo(time_s);
  const arriving = player.index.world.regions.flatMap((region, index) =>
    catchments.pops[index] === pop ? [{ region, index }] : [],
  );
  const users = arriving.reduce((sum, { region }) => sum + region.weight, 0);
  return arriving
    .map(({ region, index }) => ({
      region,
      index,
      share: region.weight / users,
      takenFrom: initial[index] === pop ? null : initial[index]!,
      requestsPerSecond: player.regions?.rate('requests', index, time_s) ?? Number.NaN,
      latencyP95_s: player.regions?.value('latency_p95_s', index, time_s) ?? Number.NaN,
    }))
    .sort((a, b) => b.share - a.share || a.index - b.index);
}
