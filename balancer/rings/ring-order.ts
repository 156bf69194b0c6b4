/** Points of one sort call: with 32 bits of the point they fill a double's 53. */
const MOST_PACKED = 2 ** 21;

/**
 * The order of unsigned 32-bit points: ascending, those that coincide as they were placed. Points
 * and positions are packed into doubles, which sort natively, many times as fast as by comparison.
 */
export function orderOfPoints(points: ArrayLike<number>): Uint32Array {
  const count = points.length;
  if (count > MOST_PACKED) {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    return order.sort((a, b) => points[a]! - points[b]! || a - b);
  }
  const packed = new Float64Array(count);
  for (let i = 0; i < count; i++) packed[i] = points[i]! * MOST_PACKED + i;
  packed.sort();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = packed[i]! % MOST_PACKED;
  return order;
}

/** More sections than this would not stay in the nearest caches. */
const MOST_SECTIONS = 2 ** 16;

/**
 * Where the sections of a ring begin: it is cut into a power of two of equal arcs, about one a
 * point, and a look-up searches its own arc only. Entry s is the position of the first point in or
 * behind section s; the last entry is the number of points.
 */
export class RingSections {
  /** A hash's section is what is left of it without so many lower bits. */
  readonly shift: number;
  readonly starts: Uint32Array;

  /** `sorted`: unsigned 32-bit points in ascending order. */
  constructor(sorted: ArrayLike<number>) {
    let bits = 1;
    while (2 ** bits < Math.min(sorted.length, MOST_SECTIONS)) bits++;
    this.shift = 32 - bits;
    this.starts = new Uint32Array(2 ** bits + 1);
    let position = 0;
    for (let section = 0; section < this.starts.length; section++) {
      const begin = section * 2 ** this.shift;
      while (position < sorted.length && sorted[position]! < begin) position++;
      this.starts[section] = position;
    }
  }
}
