import { geoInterpolate } from 'd3-geo';
import type { RecordedWorld } from '../../../sim/recording.ts';
import { CATCHMENT_COLOURS } from '../../theme.ts';
import { isTorn, type MapGeometry, type Point } from './map-geometry.ts';

/** A place's users on their way to the POP that serves them. */
export interface Arc {
  readonly place: number;
  readonly pop: number;
  /** Share of the busiest place's requests, 0 … 1. */
  readonly load: number;
}

const STEPS = 24;

/** Great circles from places to POPs, fading in from the client's end. */
export function drawArcs(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  world: RecordedWorld,
  k: number,
  arcs: readonly Arc[],
): void {
  context.lineCap = 'round';
  for (const { place, pop, load } of arcs) {
    const from = geometry.places[place];
    const to = world.pops[pop];
    const end = geometry.pops[pop];
    if (from === undefined || to === undefined || !end) continue;
    const between = geoInterpolate(
      [from.longitude, from.latitude],
      [to.longitude ?? 0, to.latitude ?? 0],
    );
    const gradient = context.createLinearGradient(...from.point, ...end);
    const colour = CATCHMENT_COLOURS[to.colour % 7]!;
    gradient.addColorStop(0, `${colour}30`);
    gradient.addColorStop(1, `${colour}f0`);
    context.strokeStyle = gradient;
    context.lineWidth = (1 + 2.4 * load) / k;
    context.beginPath();
    let last: Point | null = null;
    for (let step = 0; step <= STEPS; step++) {
      const point = geometry.project(between(step / STEPS)) ?? [0, 0];
      // Across the map's edge: a new line begins at the other side.
      if (last === null || isTorn(last, point)) context.moveTo(...point);
      else context.lineTo(...point);
      last = point;
    }
    context.stroke();
  }
}
