import type { MapGeometry } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';

/** Water is the page's ground; land is quiet, so that what is drawn on it is not. */
export function drawBase(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
): void {
  context.lineWidth = 1 / k;
  context.strokeStyle = palette.graticule;
  context.stroke(geometry.graticule);
  context.fillStyle = palette.land;
  context.fill(geometry.land);
  drawBorders(context, geometry, palette, k);
}

export function drawBorders(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
): void {
  context.lineWidth = 0.6 / k;
  context.strokeStyle = palette.border;
  context.stroke(geometry.borders);
  context.lineWidth = 0.8 / k;
  context.strokeStyle = palette.coast;
  context.stroke(geometry.land);
}
