import type { RecordedLink } from '../../../sim/recording.ts';
import { utilisationColour } from '../../theme.ts';
import type { MapGeometry } from './map-geometry.ts';
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
}

/**
 * Width on the screen: logarithmic, 1 px at 1 Gbit/s and less, 6 px at 10 Tbit/s and more; thinner
 * where the whole world is shown.
 */
export function linkWidth(bandwidth_bps: number | null, k: number): number {
  const scale = Math.min(1, 0.5 + k / 8);
  if (bandwidth_bps === null) return 2 * scale;
  const decades = Math.log10(bandwidth_bps) - 9;
  return Math.min(Math.max(1 + decades * 1.25, 1), 6) * scale;
}

/** Each direction is a half-line in the colour of its class; a dead link is dashed, with a ✕. */
export function drawLinks(
  context: CanvasRenderingContext2D,
  geometry: MapGeometry,
  palette: MapPalette,
  k: number,
  links: readonly LinkNow[],
): void {
  context.lineCap = 'butt';
  for (const now of links) {
    const halves = geometry.halves[now.index];
    if (halves === undefined) continue;
    const width = linkWidth(now.link.bandwidth_bps, k) + (now.isSelected ? 1.5 : 0);
    context.globalAlpha = now.isQuiet ? 0.25 : 1;
    context.setLineDash(now.isDown ? [5 / k, 4 / k] : []);
    const isIdle = !now.utilisation.some((load) => load > 0);
    context.lineWidth = (isIdle && !now.isSelected ? 1 : width + 1.6) / k;
    context.strokeStyle = now.isSelected
      ? palette.accent
      : isIdle
        ? palette.linkIdle
        : palette.linkCasing;
    for (const half of halves) context.stroke(half);
    context.lineWidth = (isIdle ? Math.min(width, 1) : width) / k;
    halves.forEach((half, direction) => {
      context.strokeStyle = now.isDown
        ? palette.land
        : isIdle
          ? palette.linkIdle
          : utilisationColour(now.utilisation[direction as 0 | 1]);
      context.stroke(half);
    });
    context.setLineDash([]);
    if (now.isDown) drawCross(context, geometry.lines[now.index]!, palette, k);
  }
  context.globalAlpha = 1;
}

function drawCross(
  context: CanvasRenderingContext2D,
  line: readonly (readonly [number, number])[],
  palette: MapPalette,
  k: number,
): void {
  const [x, y] = line[Math.floor(line.length / 2)]!;
  const arm = 6 / k;
  const cross = new Path2D();
  cross.moveTo(x - arm, y - arm);
  cross.lineTo(x + arm, y + arm);
  cross.moveTo(x + arm, y - arm);
  cross.lineTo(x - arm, y + arm);
  for (const [width, colour] of [
    [6, palette.water],
    [3, '#ff6a3d'],
  ] as const) {
    context.lineWidth = width / k;
    context.strokeStyle = colour;
    context.stroke(cross);
  }
}
