import { computed } from '@preact/signals-core';
import { interpolateRgb } from 'd3-interpolate';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import type { Store } from '../../store.ts';
import { drawBorders } from '../map/base-layer.ts';
import { createCanvasLayer } from '../map/canvas-layer.ts';
import type { MapGeometry } from '../map/map-geometry.ts';
import type { MapPalette } from '../map/palette.ts';
import type { WorldMap } from '../map/world-map.ts';
import { FAR_KM, NEAR_KM, regionDifferences, type RegionDifference } from './region-difference.ts';

/** On a map, in place of catchments: whose POP is nearer, and who is answered by one only. */
export function mountDifferenceLayer(
  container: HTMLElement,
  map: WorldMap,
  other: RecordingPlayer,
  store: Store,
): () => void {
  const layer = createCanvasLayer(container, 'difference');
  const canvas = container.lastElementChild!;
  container.querySelector('.map-canvas-links')?.before(canvas);
  const colours = computed((): readonly [string, string] => {
    void store.shownTheme.value;
    const style = getComputedStyle(document.documentElement);
    const read = (series: number) => style.getPropertyValue(`--series-${series}`).trim();
    return [read(1), read(2)];
  });
  const queue = createDrawQueue();
  const stop = queue.draw(() => {
    const context = layer.begin(map.size.value, map.transform.value);
    const differences = regionDifferences(map.recording.value, other, store.time_s.value);
    const { k } = map.transform.value;
    drawDifferences(context, map.geometry.value, map.palette.value, k, colours.value, differences);
  });
  return () => {
    stop();
    queue.stop();
    canvas.remove();
  };
}

function drawDifferences(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  colours: readonly [string, string],
  differences: readonly RegionDifference[],
): void {
  context.save();
  context.clip(geometry.land);
  context.lineWidth = 1 / k;
  const lost: (typeof geometry.places)[number][] = [];
  for (const place of geometry.places) {
    // Regions of one place are networks of one city: the first that differs speaks for it.
    const all = place.regions.flatMap((region) => differences[region] ?? []);
    const one =
      all.find(({ isSamePop, isLost }) => !isSamePop || isLost[0] !== isLost[1]) ?? all[0];
    if (one === undefined) continue;
    const colour = colourOf(one, palette.land, colours);
    context.fillStyle = context.strokeStyle = colour;
    context.fill(place.cell);
    context.stroke(place.cell);
    if (one.isLost[0] !== one.isLost[1]) lost.push(place);
  }
  context.restore();
  drawBorders(context, geometry, palette, k);
  for (const { point } of lost) cross(context, point, palette, k);
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
