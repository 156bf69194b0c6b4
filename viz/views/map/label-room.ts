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
 * where at none.
 */
export function placeLabels(sites: readonly LabelSite[]): readonly (LabelSide | null)[] {
  const circles = sites.map(({ x, y, radius }): Box => {
    const half = radius * 0.8;
    return [x - half, y - half, x + half, y + half];
  });
  const order = sites.map((_, i) => i).sort((a, b) => sites[b]!.rank - sites[a]!.rank || a - b);
  const placed: Box[] = [];
  const sides: (LabelSide | null)[] = sites.map(() => null);
  for (const i of order) {
    const site = sites[i]!;
    const isFree = (box: Box): boolean =>
      placed.every((other) => !overlap(box, other)) &&
      circles.every((circle, j) => j === i || !overlap(box, circle));
    const side = SIDES.find((one) => isFree(boxAt(site, one))) ?? (site.isUrgent ? 'below' : null);
    sides[i] = side;
    if (side !== null) placed.push(boxAt(site, side));
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

const overlap = (a: Box, b: Box): boolean =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
