import { interpolateRgb } from 'd3-interpolate';
import { isHidden } from '../../hide.ts';
import { CATCHMENT_COLOURS, UNREACHABLE_COLOUR } from '../../theme.ts';
import type { CatchmentState } from './catchment-state.ts';
import type { MapGeometry } from './map-geometry.ts';
import { servingPop } from './region-places.ts';

/** How long a change stays hatched, seconds of the story. */
export const HATCHED_S = 30;

/** Strength of a cell's colour: the first for quiet places, the others by rate. */
const STRENGTHS = [0.1, 0.26, 0.36, 0.47, 0.58] as const;
const UNREACHABLE_STRENGTH = 0.75;

/** How the cell of a place is drawn. What looks alike is drawn as one, and only when it changes. */
export interface CellLook {
  /** Position among the colours; null = nobody serves it. */
  readonly colour: number | null;
  /** Position among the strengths. */
  readonly strength: number;
  /** Changed a short time ago. */
  readonly isHatched: boolean;
  /** Tells it from a neighbour of the same colour. */
  readonly isDotted: boolean;
}

/** By place, as numbers that `lookOf` reads; -1 = not drawn. */
export type CellLooks = Int16Array;

/** Regions can be hidden: a place is when all its regions are. */
export function cellLooks(
  { places }: MapGeometry,
  state: CatchmentState,
  hidden: string,
): CellLooks {
  const looks = new Int16Array(places.length);
  const { world, changed_s, time_s } = state;
  const codeOf = popCodes(state);
  places.forEach((place, i) => {
    if (
      hidden !== '' &&
      place.regions.every((region) => isHidden(hidden, `region/${world.regions[region]!.name}`))
    ) {
      looks[i] = -1;
      return;
    }
    const strength = state.isQuiet(i) ? 0 : 1 + Math.round(state.load(i) * 3);
    let isHatched = false;
    for (const region of place.regions) isHatched ||= time_s - changed_s[region]! <= HATCHED_S;
    const pop = servingPop(place, world.regions, state.pops);
    looks[i] = codeOf(pop) + strength * 4 + (isHatched ? 2 : 0);
  });
  return looks;
}

/** The part of the numbers that POPs decide, found once for each: places are thousands. */
function popCodes({ world, isLost, dotted }: CatchmentState): (pop: number) => number {
  const codes = world.pops.map(({ colour }, pop) =>
    isLost(pop) ? 0 : (1 + (colour % 7)) * 20 + (dotted.has(pop) ? 1 : 0),
  );
  return (pop) => codes[pop] ?? 0;
}

export function lookOf(code: number): CellLook {
  const colour = Math.floor(code / 20);
  return {
    colour: colour === 0 ? null : colour - 1,
    strength: Math.floor(code / 4) % 5,
    isHatched: (code & 2) !== 0,
    isDotted: (code & 1) !== 0,
  };
}

/** Lighter the less is asked for; grey where nobody answers. */
export function cellColour({ colour, strength }: CellLook, land: string): string {
  const mixed = interpolateRgb(
    land,
    colour === null ? UNREACHABLE_COLOUR : CATCHMENT_COLOURS[colour]!,
  );
  return mixed(colour === null ? UNREACHABLE_STRENGTH : STRENGTHS[strength]!);
}

/** The one that was there before where nothing differs: whoever compares by identity rests. */
export function unlessSame(before: CellLooks | null, now: CellLooks): CellLooks {
  if (before === null || before.length !== now.length) return now;
  for (let i = 0; i < now.length; i++) if (before[i] !== now[i]) return now;
  return before;
}
