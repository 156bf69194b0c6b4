import { geoDistance } from 'd3-geo';
import type { RecordedRegion } from '../../../sim/recording.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';

/** Where a region's packets go in two strategies, and what that means for it. */
export interface RegionDifference {
  /** How much farther the POP of the first strategy is, km; below 0 = nearer. 0 where unknown. */
  readonly farther_km: number;
  /** No route, or to a POP that is down: in the first strategy, in the second. */
  readonly isLost: readonly [boolean, boolean];
  readonly isSamePop: boolean;
}

/** Mean radius (IUGG 1980): distances are those of light in fibre at best, not of cables. */
const EARTH_RADIUS_KM = 6371;

/** Of every region of the first recording at one instant; empty where catchments are missing. */
export function regionDifferences(
  own: RecordingPlayer,
  other: RecordingPlayer,
  time_s: number,
): readonly RegionDifference[] {
  const [ours, theirs] = [servedAt(own, time_s), servedAt(other, time_s)];
  if (ours === null || theirs === null) return [];
  return own.index.world.regions.map((region) => {
    const [a, b] = [ours(region), theirs(region)];
    return {
      farther_km:
        a.distance_km === null || b.distance_km === null ? 0 : a.distance_km - b.distance_km,
      isLost: [a.isLost, b.isLost] as const,
      isSamePop: a.pop === b.pop,
    };
  });
}

interface Served {
  /** Name: positions may differ between recordings. */
  readonly pop: string | null;
  readonly isLost: boolean;
  readonly distance_km: number | null;
}

function servedAt(player: RecordingPlayer, time_s: number) {
  const history = player.catchments();
  if (history === null) return null;
  history.moveTo(time_s);
  const { regions, pops } = player.index.world;
  const positions = new Map(regions.map(({ name }, i) => [name, i]));
  return ({ name, longitude, latitude }: RecordedRegion): Served => {
    const index = history.pops[positions.get(name) ?? -1] ?? -1;
    const pop = pops[index];
    if (pop === undefined) return { pop: null, isLost: true, distance_km: null };
    const isPlaced = [longitude, latitude, pop.longitude, pop.latitude].every((x) => x !== null);
    return {
      pop: pop.name,
      isLost: player.states.at('pop', index, time_s).state === 'down',
      distance_km: isPlaced
        ? EARTH_RADIUS_KM * geoDistance([longitude!, latitude!], [pop.longitude!, pop.latitude!])
        : null,
    };
  };
}

/** Shares of all users, 0 … 1. */
export interface DifferenceShares {
  readonly otherPop: number;
  /** Nearer in the first strategy, in the second: by `NEAR_KM` or more. */
  readonly nearer: readonly [number, number];
  /** Lost in the first strategy alone, in the second alone. */
  readonly lost: readonly [number, number];
}

/** Less than this is the same distance: 3 ms there and back in fibre. */
export const NEAR_KM = 300;
/** From here on the colour is strong: 15 ms there and back. */
export const FAR_KM = 1500;

export function differenceShares(
  regions: readonly RecordedRegion[],
  differences: readonly RegionDifference[],
): DifferenceShares {
  const sum = (holds: (one: RegionDifference) => boolean): number =>
    differences.reduce((all, one, i) => all + (holds(one) ? (regions[i]?.weight ?? 0) : 0), 0);
  const isServed = ({ isLost }: RegionDifference): boolean => !isLost[0] && !isLost[1];
  return {
    otherPop: sum(({ isSamePop }) => !isSamePop),
    nearer: [
      sum((one) => isServed(one) && one.farther_km <= -NEAR_KM),
      sum((one) => isServed(one) && one.farther_km >= NEAR_KM),
    ],
    lost: [
      sum(({ isLost }) => isLost[0] && !isLost[1]),
      sum(({ isLost }) => isLost[1] && !isLost[0]),
    ],
  };
}
