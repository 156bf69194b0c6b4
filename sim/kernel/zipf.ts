import { exp } from './exp.ts';
import { log } from './log.ts';

/**
 * Zipf's law over ranks 0 … n − 1: P(rank) ∝ (rank + 1)^-alpha, drawn in constant time by Walker's
 * alias method, tables built by Vose's algorithm (IEEE Trans. Software Eng. 17, 1991).
 *
 * A cell of the table is one double, so a draw reads one cache line: its integer part is the alias,
 * its fraction the share of the cell that is its own. With n = 10^6 the fraction keeps 32 bits: no
 * probability is off by more than 2^-32 of the average one.
 */
export class ZipfTable {
  readonly alpha: number;
  readonly count: number;
  private readonly cells: Float64Array;

  /** `alpha` ≥ 0 (0 is uniform), `count` from 1 to 2^31. About 60 ns an object. */
  constructor(alpha: number, count: number) {
    if (!(alpha >= 0 && alpha < Infinity)) throw new RangeError(`Zipf: alpha ${alpha} is below 0`);
    if (!(Number.isInteger(count) && count >= 1 && count <= 2 ** 31)) {
      throw new RangeError(`Zipf: ${count} objects`);
    }
    this.alpha = alpha;
    this.count = count;
    this.cells = aliasCells(zipfWeights(alpha, count));
  }

  /** The rank that belongs to a uniform in (0, 1). */
  rank(u: number): number {
    const position = u * this.count;
    const index = Math.floor(position);
    const cell = this.cells[index]!;
    const alias = Math.floor(cell);
    return position - index < cell - alias ? index : alias;
  }

  /** P(rank) as the table holds it, for checks: O(n). */
  probability(rank: number): number {
    let share = 0;
    for (let index = 0; index < this.count; index++) {
      const cell = this.cells[index]!;
      const alias = Math.floor(cell);
      const own = cell - alias;
      if (index === rank) share += own;
      if (alias === rank) share += 1 - own;
    }
    return share / this.count;
  }
}

/** Tables are large and the same for all replications: whoever runs several keeps one of these. */
export class ZipfTables {
  readonly #tables = new Map<string, ZipfTable>();

  get(alpha: number, count: number): ZipfTable {
    const key = `${alpha}/${count}`;
    let table = this.#tables.get(key);
    if (table === undefined) {
      table = new ZipfTable(alpha, count);
      this.#tables.set(key, table);
    }
    return table;
  }
}

/** P(rank) for each rank: the law itself, normalised. */
export function zipfShares(alpha: number, count: number): Float64Array {
  const shares = zipfWeights(alpha, count);
  let sum = 0;
  for (let rank = count - 1; rank >= 0; rank--) sum += shares[rank]!;
  for (let rank = 0; rank < count; rank++) shares[rank]! /= sum;
  return shares;
}

function zipfWeights(alpha: number, count: number): Float64Array {
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[i] = exp(-alpha * log(i + 1));
  return weights;
}

/** Vose's algorithm; `weights` is used up. Cells with too little are filled by those with more. */
function aliasCells(weights: Float64Array): Float64Array {
  const count = weights.length;
  let sum = 0;
  // from the least: the sum keeps its digits
  for (let i = count - 1; i >= 0; i--) sum += weights[i]!;
  const scale = count / sum;
  // one array, two stacks: cells below average from the left, the others from the right
  const stacks = new Uint32Array(count);
  let smallCount = 0;
  let largeStart = count;
  for (let i = 0; i < count; i++) {
    weights[i]! *= scale;
    if (weights[i]! < 1) stacks[smallCount++] = i;
    else stacks[--largeStart] = i;
  }
  const cells = new Float64Array(count);
  while (smallCount > 0 && largeStart < count) {
    const small = stacks[--smallCount]!;
    const large = stacks[largeStart]!;
    const cell = large + weights[small]!;
    // a share that rounds to 1 beside the alias would change the alias: the cell is all its own
    cells[small] = cell < large + 1 ? cell : small;
    weights[large]! -= 1 - weights[small]!;
    if (weights[large]! < 1) {
      largeStart += 1;
      stacks[smallCount++] = large;
    }
  }
  // what is left is full up to rounding: its own alias, whatever the fraction
  while (smallCount > 0) cells[stacks[--smallCount]!] = stacks[smallCount]!;
  while (largeStart < count) cells[stacks[largeStart]!] = stacks[largeStart++]!;
  return cells;
}
