import type { CatchmentHistory } from '../../data/catchment-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Arc } from './arc-layer.ts';
import type { MapGeometry } from './map-geometry.ts';
import { servingPop } from './region-places.ts';

/**
 * The places that have to do with a POP: those it serves now and, in trouble, those that it served
 * just before, each with the POP that serves it now.
 */
export function placesOf(
  popName: string,
  player: RecordingPlayer,
  geometry: MapGeometry,
  now: CatchmentHistory,
  time_s: number,
  load: (place: number) => number,
): readonly Arc[] {
  const { regions, pops } = player.index.world;
  const pop = pops.findIndex(({ name }) => name === popName);
  if (pop < 0) return [];
  const { state, since_s } = player.states.at('pop', pop, time_s);
  const before = state !== 'up' && since_s !== null ? player.catchments() : null;
  before?.moveTo(since_s! - 1e-6);
  return geometry.places.flatMap((place, i) => {
    const serving = servingPop(place, regions, now.pops);
    const had = before !== null && servingPop(place, regions, before.pops) === pop;
    return serving === pop || had ? [{ place: i, pop: serving, load: load(i) }] : [];
  });
}

/** Whether a POP is down: whoever is still sent there is served by nobody. */
export function lostAt(player: RecordingPlayer, time_s: number): (pop: number) => boolean {
  const lost = new Set(
    player.index.world.pops.flatMap((_, pop) =>
      player.states.at('pop', pop, time_s).state === 'down' ? [pop] : [],
    ),
  );
  return (pop) => lost.has(pop);
}
