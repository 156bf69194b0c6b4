import { greatCircleKm } from '../../../topology/index.ts';
import type { RecordedPlace } from '../../recording.ts';

/** Colours that people with any vision tell apart: seven of Okabe and Ito (2008). */
const COLOUR_COUNT = 7;

/**
 * A colour for each POP. Catchments of POPs near each other adjoin, so each POP, in order, gets the
 * colour whose nearest bearer is the farthest: neighbours differ wherever seven colours allow it.
 * Depends on the map alone, so a POP has one colour in every strategy. Without places: in turn.
 */
export function coloursOf(places: readonly RecordedPlace[]): readonly number[] {
  const colours: number[] = [];
  places.forEach((place, pop) => {
    if (place.latitude === null || place.longitude === null) {
      colours.push(pop % COLOUR_COUNT);
      return;
    }
    const nearestKm = new Float64Array(COLOUR_COUNT).fill(Infinity);
    colours.forEach((colour, other) => {
      nearestKm[colour] = Math.min(nearestKm[colour]!, distanceKm(place, places[other]!));
    });
    let farthest = 0;
    for (let colour = 1; colour < COLOUR_COUNT; colour++) {
      if (nearestKm[colour]! > nearestKm[farthest]!) farthest = colour;
    }
    colours.push(farthest);
  });
  return colours;
}

function distanceKm(a: RecordedPlace, b: RecordedPlace): number {
  return greatCircleKm(a.latitude ?? 0, a.longitude ?? 0, b.latitude ?? 0, b.longitude ?? 0);
}
