import type { RecordedLink } from '../../../sim/recording.ts';
import { utilisationClass, utilisationColour } from '../../theme.ts';
import { linkCrowding } from './crowding.ts';
import type { MapGeometry, Point } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';

export interface LinkNow {
  readonly link: RecordedLink;
  readonly index: number;
  readonly isDown: boolean;
  readonly isSelected: boolean;
  /** Not of the POP that is looked at. */
  readonly isQuiet: boolean;
  /** By direction; NaN without a value. */
  readonly utilisation: readonly [number, number];
  /** By POP: share of requests that fail there; NaN without a value. One list for all links. */
  readonly failing: readonly number[];
}

/**
 * Width on the screen: logarithmic, 1 px at 1 Gbit/s and less, 6 px at 10 Tbit/s and more; thinner
 * where the whole world is shown, and among many (`crowd`: linkCrowding).
 */
export function linkWidth(bandwidth_bps: number | null, k: number, crowd = 1): number {
  const scale = Math.min(1, 0.5 + k / 8) * crowd;
  if (bandwidth_bps === null) return 2 * scale;
  const decades = Math.log10(bandwidth_bps) - 9;
  return Math.min(Math.max(1 + decades * 1.25, 1), 6) * scale;
}

/** Half-lines that are drawn alike, as one path. */
interface Batch {
  readonly colour: string;
  readonly width: number;
  readonly casing: { readonly colour: string; readonly width: number } | null;
  readonly isDown: boolean;
  readonly isQuiet: boolean;
  readonly path: Path2D;
}

/**
 * Each direction is a half-line in the colour of its class, with a casing; a thin grey line where
 * nothing flows. A dead link is dashed, with a ✕. Links come with the busiest last, so batches of
 * busy ones lie on top.
 */
export function drawLinks(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  links: readonly LinkNow[],
): void {
  context.lineCap = 'butt';
  for (const batch of batchesOf(geometry, palette, k, links)) {
    const { path, colour, width, casing, isDown, isQuiet } = batch;
    context.globalAlpha = isQuiet ? 0.25 : 1;
    context.setLineDash(isDown ? [5 / k, 4 / k] : []);
    for (const line of casing === null ? [{ colour, width }] : [casing, { colour, width }]) {
      context.strokeStyle = line.colour;
      context.lineWidth = line.width / k;
      context.stroke(path);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  for (const { isDown, index } of links) {
    if (isDown) drawCross(context, geometry.lines[index]!, palette, k);
  }
}

function batchesOf(
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  links: readonly LinkNow[],
): Iterable<Batch> {
  const crowd = linkCrowding(links.length, k);
  const batches = new Map<number, Batch>();
  const bandwidths = new Map<number | null, number>();
  for (const now of links) {
    const line = geometry.lines[now.index];
    if (line === undefined) continue;
    const { bandwidth_bps } = now.link;
    let bandwidth = bandwidths.get(bandwidth_bps);
    if (bandwidth === undefined) bandwidths.set(bandwidth_bps, (bandwidth = bandwidths.size));
    const cut = geometry.cutHalves[now.index];
    for (let direction: 0 | 1 = 0; direction < 2; direction++) {
      const load = now.utilisation[direction]!;
      const key = looksLike(now, load, bandwidth);
      let batch = batches.get(key);
      if (batch === undefined) {
        batches.set(
          key,
          (batch = { ...styleOf(now, load, palette, k, crowd), path: new Path2D() }),
        );
      }
      if (cut) batch.path.addPath(cut[direction]!);
      else addHalf(batch.path, line, direction as 0 | 1);
    }
  }
  return batches.values();
}

/** Half-lines with the same number have the same `styleOf`: made for each, styles take longer. */
export function looksLike(
  { isDown, isSelected, isQuiet }: LinkNow,
  load: number,
  bandwidth: number,
): number {
  const flags = (isDown ? 4 : 0) + (isSelected ? 2 : 0) + (isQuiet ? 1 : 0);
  const isIdle = !isDown && !(load > 0);
  // Nine classes of load; whether idle or dead, a line has the colour of that.
  const rank = isDown ? 10 : isIdle ? 0 : utilisationClass(load);
  const width = isIdle && !isSelected ? 0 : bandwidth;
  return (width * 11 + rank) * 8 + flags;
}

/** From an end to the middle. */
function addHalf(path: Path2D, line: readonly Point[], direction: 0 | 1): void {
  const last = line.length - 1;
  for (let i = 0; i <= last / 2; i++) {
    const at = line[direction === 0 ? i : last - i]!;
    if (i === 0) path.moveTo(at[0], at[1]);
    else path.lineTo(at[0], at[1]);
  }
}

export function styleOf(
  { link, isDown, isQuiet, isSelected }: LinkNow,
  load: number,
  palette: MapPalette,
  k: number,
  crowd = 1,
): Omit<Batch, 'path'> {
  const wide = linkWidth(link.bandwidth_bps, k, crowd) + (isSelected ? 1.5 : 0);
  const isIdle = !isDown && !(load > 0);
  const width = isDown ? Math.max(wide, 2) : isIdle ? Math.min(1, 2 * crowd) : wide;
  const colour = isDown ? palette.trouble : isIdle ? palette.linkIdle : utilisationColour(load);
  const casing = isSelected
    ? { colour: palette.accent, width: wide + 3 }
    : isDown || isIdle
      ? null
      : { colour: palette.linkCasing, width: wide + 1.6 * crowd };
  return { colour, width, casing, isDown, isQuiet };
}

function drawCross(
  context: CanvasRenderingContext2D,
  line: readonly Point[],
  palette: MapPalette,
  k: number,
): void {
  const [x, y] = line[Math.floor(line.length / 2)]!;
  const arm = 7 / k;
  const cross = new Path2D();
  cross.moveTo(x - arm, y - arm);
  cross.lineTo(x + arm, y + arm);
  cross.moveTo(x + arm, y - arm);
  cross.lineTo(x - arm, y + arm);
  for (const [width, colour] of [
    [7, palette.water],
    [3, palette.trouble],
  ] as const) {
    context.lineWidth = width / k;
    context.strokeStyle = colour;
    context.stroke(cross);
  }
}
