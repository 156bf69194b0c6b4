import { interpolateRgb } from 'd3-interpolate';
import type { RecordedWorld } from '../../../sim/recording.ts';
import { CATCHMENT_COLOURS, UNREACHABLE_COLOUR } from '../../theme.ts';
import { drawBorders } from './base-layer.ts';
import type { MapGeometry } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';
import { servingPop, type RegionPlace } from './region-places.ts';

/** How long a change stays hatched, seconds of the story. */
export const HATCHED_S = 30;

/** Steps of lightness by rate: cells are drawn in one batch a colour. */
const STRENGTHS = [0.26, 0.36, 0.47, 0.58] as const;

export interface CatchmentState {
  readonly world: RecordedWorld;
  /** By region. */
  readonly pops: ArrayLike<number>;
  readonly changed_s: ArrayLike<number>;
  readonly time_s: number;
  /** Whether nobody answers there: routes still lead to a POP that is down. */
  readonly isLost: (pop: number) => boolean;
  /** Share of the busiest place's requests, 0 … 1, by place. */
  readonly load: (place: number) => number;
  /** Whether a place is drawn quietly: it has nothing to do with the POP that is looked at. */
  readonly isQuiet: (place: number) => boolean;
}

/** Client regions in the colour of the POP that serves them, clipped to land. */
export function drawCatchments(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  state: CatchmentState,
): void {
  const { changed_s, time_s } = state;
  const batches = new Map<string, Path2D>();
  const hatched = new Path2D();
  geometry.places.forEach((place, i) => {
    const colour = placeColour(place, i, palette, state);
    let batch = batches.get(colour);
    if (batch === undefined) batches.set(colour, (batch = new Path2D()));
    batch.addPath(place.cell);
    if (place.regions.some((region) => time_s - changed_s[region]! <= HATCHED_S)) {
      hatched.addPath(place.cell);
    }
  });
  context.save();
  context.clip(geometry.land);
  context.lineWidth = 1 / k;
  for (const [colour, batch] of batches) {
    context.fillStyle = colour;
    context.fill(batch);
    // Cells of one colour are one area: no seams between them.
    context.strokeStyle = colour;
    context.stroke(batch);
  }
  hatch(context, hatched, palette.text, k);
  context.restore();
  drawBorders(context, geometry, palette, k);
}

/** The colour of a place: who serves it, lighter the less is asked for; grey where nobody does. */
export function placeColour(
  place: RegionPlace,
  index: number,
  palette: MapPalette,
  state: CatchmentState,
): string {
  const pop = servingPop(place, state.world.regions, state.pops);
  const strength = state.isQuiet(index) ? 0.1 : STRENGTHS[Math.round(state.load(index) * 3)]!;
  return cellColour(state.world, state.isLost(pop) ? -1 : pop, strength, palette.land);
}

function cellColour(world: RecordedWorld, pop: number, strength: number, land: string): string {
  const position = world.pops[pop]?.colour;
  const colour = position === undefined ? UNREACHABLE_COLOUR : CATCHMENT_COLOURS[position % 7]!;
  return interpolateRgb(land, colour)(position === undefined ? 0.75 : strength);
}

function hatch(context: CanvasRenderingContext2D, cells: Path2D, colour: string, k: number): void {
  const pattern = hatchPattern(context, colour);
  if (pattern === null) return;
  // Lines stay as far apart on the screen whatever the zoom.
  pattern.setTransform(new DOMMatrix().scale(1 / k));
  context.fillStyle = pattern;
  context.fill(cells);
}

const PATTERN_SIZE = 7;

function hatchPattern(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = tile.height = PATTERN_SIZE;
  const lines = tile.getContext('2d');
  if (lines === null) return null;
  lines.strokeStyle = colour;
  lines.globalAlpha = 0.5;
  lines.lineWidth = 1.2;
  for (const shift of [-PATTERN_SIZE, 0, PATTERN_SIZE]) {
    lines.moveTo(shift, PATTERN_SIZE);
    lines.lineTo(shift + PATTERN_SIZE, 0);
  }
  lines.stroke();
  return context.createPattern(tile, 'repeat');
}
