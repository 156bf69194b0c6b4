interface Placed {
  readonly x: number;
  readonly y: number;
}

export const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The mark to move to from `from` in a direction: the nearest within 60° of it, where what lies
 * aside counts twice as far. Null at the edge.
 */
export function neighbourInDirection<Mark extends Placed>(
  marks: readonly Mark[],
  from: Placed,
  [dx, dy]: readonly [x: number, y: number],
): Mark | null {
  let best: Mark | null = null;
  let least = Infinity;
  for (const mark of marks) {
    const [x, y] = [mark.x - from.x, mark.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 0.5 || aside > ahead * Math.sqrt(3)) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [mark, cost];
  }
  return best;
}
