import { drawBorders } from './base-layer.ts';
import { cellColour, lookOf, type CellLooks } from './cell-looks.ts';
import type { MapGeometry } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';

/** Client regions in the colour of the POP that serves them, cut to land. */
export function drawCatchments(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  looks: CellLooks,
): void {
  const batches = new Map<string, Path2D>();
  const [hatched, dotted] = [new Path2D(), new Path2D()];
  const colours = new Map<number, string>();
  geometry.places.forEach(({ cell }, i) => {
    const code = looks[i] ?? -1;
    if (code < 0) return;
    const look = lookOf(code);
    let colour = colours.get(code);
    if (colour === undefined) colours.set(code, (colour = cellColour(look, palette.land)));
    let batch = batches.get(colour);
    if (batch === undefined) batches.set(colour, (batch = new Path2D()));
    batch.addPath(cell);
    if (look.isHatched) hatched.addPath(cell);
    if (look.isDotted) dotted.addPath(cell);
  });
  context.lineWidth = 1 / k;
  for (const [colour, batch] of batches) {
    context.fillStyle = colour;
    context.fill(batch);
    // Cells of one colour are one area: no seams between them.
    context.strokeStyle = colour;
    context.stroke(batch);
  }
  fillWith(context, dotted, dots(palette.text), k);
  fillWith(context, hatched, hatches(palette.text), k);
  // Cheaper than a clip to the coasts, which every cell would be cut by.
  // Opaque: what is kept is kept whole, whatever pattern was filled with last.
  context.fillStyle = palette.land;
  context.globalCompositeOperation = 'destination-in';
  context.fill(geometry.land);
  context.globalCompositeOperation = 'source-over';
  drawBorders(context, geometry, palette, k);
}

function fillWith(
  context: CanvasRenderingContext2D,
  cells: Path2D,
  tile: HTMLCanvasElement,
  k: number,
): void {
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return;
  // Lines stay as far apart on the screen whatever the zoom.
  pattern.setTransform(new DOMMatrix().scale(1 / k));
  context.fillStyle = pattern;
  context.fill(cells);
}

const PATTERN_SIZE = 7;

/** What changed a short time ago. */
const hatches = (colour: string): HTMLCanvasElement =>
  patternTile((lines) => {
    lines.strokeStyle = colour;
    lines.globalAlpha = 0.5;
    lines.lineWidth = 1.2;
    for (const shift of [-PATTERN_SIZE, 0, PATTERN_SIZE]) {
      lines.moveTo(shift, PATTERN_SIZE);
      lines.lineTo(shift + PATTERN_SIZE, 0);
    }
    lines.stroke();
  });

/** What only looks like its neighbour. */
const dots = (colour: string): HTMLCanvasElement =>
  patternTile((points) => {
    points.fillStyle = colour;
    points.globalAlpha = 0.4;
    points.arc(PATTERN_SIZE / 2, PATTERN_SIZE / 2, 0.9, 0, 2 * Math.PI);
    points.fill();
  });

function patternTile(draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = tile.height = PATTERN_SIZE;
  const context = tile.getContext('2d');
  if (context !== null) draw(context);
  return tile;
}
