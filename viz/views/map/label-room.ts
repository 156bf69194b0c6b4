import type { Size } from '../../observe-size.ts';

/** What a label is attached to, pixels of the screen. */
export interface LabelSite {
  readonly x: number;
  readonly y: number;
  /** To where the text starts. */
  readonly radius: number;
  readonly text: string;
  /** Labels of higher rank are placed first. */
  readonly rank: number;
  /** Trouble: it is shown even where it covers other sites. */
  readonly isUrgent: boolean;
}

export type LabelSide = 'right' | 'left' | 'above' | 'below';

/** Of the label's text at 11.5 px, semi-bold; urgent ones are larger. */
const LETTER_WIDTH = 7;
const LETTER_WIDTH_URGENT = 9;
const HEIGHT = 14;
const GAP = 4;

type Box = readonly [x0: number, y0: number, x1: number, y1: number];

const SIDES: readonly LabelSide[] = ['right', 'left', 'above', 'below'];

/**
 * At which side of its site each label fits without covering a site or a label of higher rank; null
 * where at none. With a `window`, where it fits into that, too; sites outside have none.
 */
export function placeLabels(
  sites: readonly LabelSite[],
  window?: Size,
): readonly (LabelSide | null)[] {
  const circles = sites.map(({ x, y, radius }): Box => {
    const half = radius * 0.8;
    return [x - half, y - half, x + half, y + half];
  });
  const [disks, placed] = [new BoxGrid(), new BoxGrid()];
  circles.forEach((circle, i) => disks.add(circle, i));
  const order = sites.map((_, i) => i).sort((a, b) => sites[b]!.rank - sites[a]!.rank || a - b);
  const sides: (LabelSide | null)[] = sites.map(() => null);
  for (const i of order) {
    const site = sites[i]!;
    const { x, y } = site;
    if (window !== undefined && !isInside([x, y, x, y], window)) continue;
    const isFree = (box: Box): boolean =>
      !placed.isMet(box, i) &&
      !disks.isMet(box, i) &&
      (window === undefined || isInside(box, window));
    const side = SIDES.find((one) => isFree(boxAt(site, one))) ?? (site.isUrgent ? 'below' : null);
    sides[i] = side;
    if (side !== null) placed.add(boxAt(site, side), i);
  }
  return sides;
}

function boxAt({ x, y, radius, text, isUrgent }: LabelSite, side: LabelSide): Box {
  const width = text.length * (isUrgent ? LETTER_WIDTH_URGENT : LETTER_WIDTH);
  const away = radius + GAP;
  if (side === 'right') return [x + away, y - HEIGHT / 2, x + away + width, y + HEIGHT / 2];
  if (side === 'left') return [x - away - width, y - HEIGHT / 2, x - away, y + HEIGHT / 2];
  const top = side === 'above' ? y - away - HEIGHT : y + away;
  return [x - width / 2, top, x + width / 2, top + HEIGHT];
}

/** Boxes by the squares of a grid that they touch: hundreds of labels look at their neighbours. */
class BoxGrid {
  static readonly #SQUARE = 64;
  readonly #squares = new Map<number, { box: Box; owner: number }[]>();

  add(box: Box, owner: number): void {
    for (const square of this.#touched(box)) {
      const held = this.#squares.get(square);
      if (held === undefined) this.#squares.set(square, [{ box, owner }]);
      else held.push({ box, owner });
    }
  }

  /** Whether a box of another owner overlaps. */
  isMet(box: Box, owner: number): boolean {
    for (const square of this.#touched(box)) {
      for (const held of this.#squares.get(square) ?? []) {
        if (held.owner !== owner && overlap(box, held.box)) return true;
      }
    }
    return false;
  }

  *#touched([x0, y0, x1, y1]: Box): Iterable<number> {
    const square = (pixels: number): number => Math.floor(pixels / BoxGrid.#SQUARE);
    for (let y = square(y0); y <= square(y1); y++) {
      // Rows are further apart than any screen is wide.
      for (let x = square(x0); x <= square(x1); x++) yield y * 65_536 + x;
    }
  }
}

const isInside = ([x0, y0, x1, y1]: Box, { width, height }: Size): boolean =>
  x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height;

const overlap = (a: Box, b: Box): boolean =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
