import { hash64 } from '../hashes/xxhash.ts';
import { orderOfPoints, RingSections } from './ring-order.ts';

export interface RingMember {
  /** What `owners` holds for this member's points. */
  readonly owner: number;
  readonly id: string;
  readonly pointCount: number;
}

/**
 * A ring of 64-bit points in ascending order, as columns of their high and low words. Points that
 * coincide stand in the order of the members.
 */
export class HashRing {
  readonly size: number;
  readonly owners: Int32Array;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #shift: number;
  readonly #starts: Uint32Array;

  /** Point i of a member stands at XXH64 of its id, an underscore, and i in decimal. */
  constructor(members: readonly RingMember[]) {
    this.size = members.reduce((sum, member) => sum + member.pointCount, 0);
    const points = new BigUint64Array(this.size);
    const owners = new Int32Array(this.size);
    let filled = 0;
    for (const { owner, id, pointCount } of members) {
      for (let i = 0; i < pointCount; i++) {
        points[filled] = hash64(`${id}_${i}`);
        owners[filled++] = owner;
      }
    }
    const words = new Uint32Array(points.buffer);
    const high = Uint32Array.from(points, (_, i) => words[2 * i + 1]!);
    const low = Uint32Array.from(points, (_, i) => words[2 * i]!);
    const order = orderOfPoints(high);
    orderEqualRuns(order, high, low);
    this.owners = Int32Array.from(order, (i) => owners[i]!);
    this.#high = Uint32Array.from(order, (i) => high[i]!);
    this.#low = Uint32Array.from(order, (i) => low[i]!);
    const { shift, starts } = new RingSections(this.#high);
    this.#shift = shift;
    this.#starts = starts;
  }

  /** Position of the first point at or after the hash, or 0 behind the last one. */
  successor(hashHigh: number, hashLow: number): number {
    const high = this.#high;
    const low = this.#low;
    const section = hashHigh >>> this.#shift;
    let from = this.#starts[section]!;
    let to = this.#starts[section + 1]!;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const isBefore =
        high[middle]! < hashHigh || (high[middle] === hashHigh && low[middle]! < hashLow);
      if (isBefore) from = middle + 1;
      else to = middle;
    }
    return from === this.size ? 0 : from;
  }

  /** The point at `position`, for descriptions and tests. */
  point(position: number): bigint {
    return (BigInt(this.#high[position]!) << 32n) | BigInt(this.#low[position]!);
  }
}

/** Points of equal upper words are few: they are put in order of their lower words, one by one. */
function orderEqualRuns(order: Uint32Array, high: Uint32Array, low: Uint32Array): void {
  for (let i = 1; i < order.length; i++) {
    const point = order[i]!;
    let at = i;
    for (; at > 0; at--) {
      const before = order[at - 1]!;
      if (high[before] !== high[point] || low[before]! <= low[point]!) break;
      order[at] = before;
    }
    order[at] = point;
  }
}
