import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { MapGeometry } from './map-geometry.ts';

/** Requests of a place as a share of the busiest place's (by users where no rate is recorded). */
export function placeLoads(
  { index, regions }: RecordingPlayer,
  { places }: MapGeometry,
  time_s: number,
): (place: number) => number {
  const requests = regions?.ratesAt('requests', time_s) ?? (() => Number.NaN);
  const rates = places.map((place) => {
    let rate = 0;
    for (const region of place.regions) {
      const recorded = requests(region);
      rate += Number.isNaN(recorded) ? (index.world.regions[region]?.weight ?? 0) : recorded;
    }
    return rate;
  });
  const most = Math.max(...rates, 1e-12);
  // The root: most places are small beside the largest, and would all look alike.
  return (place) => Math.sqrt((rates[place] ?? 0) / most);
}
