import type { RecordedLink } from '../../../sim/recording.ts';
import { utilisationColour } from '../../theme.ts';
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

/**
 * Each direction is a half-line in the colour of its class, with a casing; a thin grey line where
 * nothing flows. A dead link is dashed, with a ✕.
 */
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
    const stroke = (half: Path2D, colour: string, pixels: number): void => {
      context.strokeStyle = colour;
      context.lineWidth = pixels / k;
      context.stroke(half);
    };
    context.globalAlpha = now.isQuiet ? 0.25 : 1;
    context.setLineDash(now.isDown ? [5 / k, 4 / k] : []);
    halves.forEach((half, direction) => {
      const load = now.utilisation[direction as 0 | 1];
      if (now.isSelected) stroke(half, palette.accent, width + 3);
      if (now.isDown) stroke(half, palette.trouble, Math.max(width, 2));
      else if (load > 0) {
        stroke(half, palette.linkCasing, width + 1.6);
        stroke(half, utilisationColour(load), width);
      } else stroke(half, palette.linkIdle, 1);
    });
    context.setLineDash([]);
    if (now.isDown) drawCross(context, geometry.lines[now.index]!, palette, k);
  }
  context.globalAlpha = 1;
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
