import { computed } from '@preact/signals-core';
import { interpolateRgb } from 'd3-interpolate';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import type { Store } from '../../store.ts';
import { drawBorders } from '../map/base-layer.ts';
import { createCanvasLayer } from '../map/canvas-layer.ts';
import type { MapGeometry } from '../map/map-geometry.ts';
import type { MapPalette } from '../map/palette.ts';
import type { RegionPlace } from '../map/region-places.ts';
import type { WorldMap } from '../map/world-map.ts';
import { FAR_KM, NEAR_KM, regionDifferences, type RegionDifference } from './region-difference.ts';

/** What a difference map draws, for the screen and for a picture. */
export interface DifferenceLayer {
  /** Now, by place. */
  colourOf(place: number): string;
  unmount(): void;
}

/** On a map, in place of catchments: whose POP is nearer, and who is answered by one only. */
export function mountDifferenceLayer(
  container: HTMLElement,
  map: WorldMap,
  other: RecordingPlayer,
  store: Store,
): DifferenceLayer {
  const layer = createCanvasLayer(container, 'difference');
  const canvas = container.lastElementChild!;
  container.querySelector('.map-canvas-links')?.before(canvas);
  const colours = computed((): readonly [string, string] => {
    void store.shownTheme.value;
    const style = getComputedStyle(document.documentElement);
    const read = (series: number) => style.getPropertyValue(`--series-${series}`).trim();
    return [read(1), read(2)];
  });
  const cells = computed(() => {
    const differences = regionDifferences(map.recording.value, other, store.calmTime_s.value);
    const { land } = map.palette.value;
    return map.geometry.value.places.map((place): Cell => {
      const one = differenceOf(place, differences);
      if (one === undefined) return { colour: land, isLost: false };
      const isLost = one.isLost[0] !== one.isLost[1];
      return { colour: colourOf(one, land, colours.value), isLost };
    });
  });
  const queue = createDrawQueue();
  const stop = queue.draw(() => {
    const context = layer.begin(map.size.value, map.transform.value);
    const { k } = map.transform.value;
    drawCells(context, map.geometry.value, map.palette.value, k, cells.value);
  });
  return {
    colourOf: (place) => cells.value[place]!.colour,
    unmount() {
      stop();
      queue.stop();
      canvas.remove();
    },
  };
}

interface Cell {
  readonly colour: string;
  /** Answered by one of the two only. */
  readonly isLost: boolean;
}

/** Regions of one place are networks of one city: the first that differs speaks for it. */
function differenceOf(
  { regions }: RegionPlace,
  differences: readonly RegionDifference[],
): RegionDifference | undefined {
  const all = regions.flatMap((region) => differences[region] ?? []);
  return all.find(({ isSamePop, isLost }) => !isSamePop || isLost[0] !== isLost[1]) ?? all[0];
}

function drawCells(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  cells: readonly Cell[],
): void {
  context.save();
  context.clip(geometry.land);
  context.lineWidth = 1 / k;
  geometry.places.forEach((place, i) => {
    context.fillStyle = context.strokeStyle = cells[i]!.colour;
    context.fill(place.cell);
    context.stroke(place.cell);
  });
  context.restore();
  drawBorders(context, geometry, palette, k);
  geometry.places.forEach(({ point }, i) => {
    if (cells[i]!.isLost) cross(context, point, palette, k);
  });
}

/** In the colour of the strategy that is better off; land where they are alike. */
function colourOf(
  { farther_km, isLost: [ownIsLost, otherIsLost] }: RegionDifference,
  land: string,
  [own, other]: readonly [string, string],
): string {
  if (ownIsLost !== otherIsLost) return interpolateRgb(land, ownIsLost ? other : own)(0.85);
  const size = Math.abs(farther_km);
  if (size < NEAR_KM) return land;
  return interpolateRgb(land, farther_km > 0 ? other : own)(size < FAR_KM ? 0.38 : 0.7);
}

const CROSS = 3.5;

function cross(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  palette: MapPalette,
  k: number,
): void {
  const size = CROSS / k;
  const path = new Path2D();
  path.moveTo(x - size, y - size);
  path.lineTo(x + size, y + size);
  path.moveTo(x - size, y + size);
  path.lineTo(x + size, y - size);
  context.lineWidth = 4 / k;
  context.strokeStyle = palette.water;
  context.stroke(path);
  context.lineWidth = 1.8 / k;
  context.strokeStyle = palette.text;
  context.stroke(path);
}
