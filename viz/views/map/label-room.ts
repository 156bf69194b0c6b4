/** What a label is attached to, pixels of the screen. */
export interface LabelSite {
  readonly x: number;
  readonly y: number;
  /** To where the text starts. */
  readonly radius: number;
  readonly text: string;
  /** Labels of higher rank are placed first. */
  readonly rank: number;
}

/** Of the label's text at 11.5 px, semi-bold. */
const LETTER_WIDTH = 7;
const HEIGHT = 13;

type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** Which labels fit beside their sites without covering a site or a label of higher rank. */
export function labelsWithRoom(sites: readonly LabelSite[]): readonly boolean[] {
  const circles = sites.map(({ x, y, radius }): Box => {
    const half = radius * 0.8;
    return [x - half, y - half, x + half, y + half];
  });
  const order = sites.map((_, i) => i).sort((a, b) => sites[b]!.rank - sites[a]!.rank || a - b);
  const placed: Box[] = [];
  const fits = sites.map(() => false);
  for (const i of order) {
    const { x, y, radius, text } = sites[i]!;
    const left = x + radius + 4;
    const box: Box = [left, y - HEIGHT / 2, left + text.length * LETTER_WIDTH, y + HEIGHT / 2];
    const isFree =
      placed.every((other) => !overlap(box, other)) &&
      circles.every((circle, j) => j === i || !overlap(box, circle));
    if (!isFree) continue;
    fits[i] = true;
    placed.push(box);
  }
  return fits;
}

const overlap = (a: Box, b: Box): boolean =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
