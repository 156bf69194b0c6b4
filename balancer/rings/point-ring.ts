import { orderOfPoints, RingSections } from './ring-order.ts';

/** Points before they are sorted, in the order in which they were placed. */
export class RingPoints {
  readonly points: number[] = [];
  readonly owners: number[] = [];

  place(point: number, owner: number): void {
    this.points.push(point);
    this.owners.push(owner);
  }
}

/**
 * A ring of unsigned 32-bit points in ascending order. Points that coincide stand in the order in
 * which they were placed; with `dropEqual` only the first of them stays (nginx).
 */
export class PointRing {
  readonly size: number;
  readonly owners: Int32Array;
  readonly points: Uint32Array;
  readonly #shift: number;
  readonly #starts: Uint32Array;

  constructor({ points, owners }: RingPoints, { dropEqual = false } = {}) {
    const order = orderOfPoints(points);
    const isKept = (i: number, position: number) =>
      !dropEqual || position === 0 || points[i] !== points[order[position - 1]!];
    const kept = order.filter(isKept);
    this.size = kept.length;
    this.points = Uint32Array.from(kept, (i) => points[i]!);
    this.owners = Int32Array.from(kept, (i) => owners[i]!);
    const { shift, starts } = new RingSections(this.points);
    this.#shift = shift;
    this.#starts = starts;
  }

  /** Position of the first point at or after the hash; 0 behind the last one. */
  successor(hash: number): number {
    const points = this.points;
    const section = hash >>> this.#shift;
    let from = this.#starts[section]!;
    let to = this.#starts[section + 1]!;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (points[middle]! < hash) from = middle + 1;
      else to = middle;
    }
    return from === this.size ? 0 : from;
  }

  /** Position of the nearer of the points around the hash, the one before it on a tie (HAProxy). */
  nearest(hash: number): number {
    const after = this.successor(hash);
    const before = after === 0 ? this.size - 1 : after - 1;
    const distanceAfter = (this.points[after]! - hash) >>> 0;
    const distanceBefore = (hash - this.points[before]!) >>> 0;
    return distanceBefore <= distanceAfter ? before : after;
  }
}
