import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { RandomSource } from '../ports.ts';
import { AliasTable } from './alias-table.ts';

/**
 * Redraws of one weighted choice that was taken already. With every backend at most 90 % of the
 * weight, all of them fail with probability 0.9³² = 3 %; the pick then has one choice fewer.
 */
const REDRAWS = 32;

/**
 * Draws a few eligible backends in proportion to weight for one pick: distinct ones, unless with
 * replacement. A pick begins with `draw(0)` and goes on with `draw(1)` … `draw(count − 1)`.
 */
export class Choices {
  /** How many a pick draws: as many as asked for, or all that there are. */
  count = 0;

  readonly #wanted: number;
  readonly #replacement: boolean;
  readonly #random: RandomSource;
  readonly #weighted = new AliasTable();
  #isUniform = true;
  /** A permutation of the eligible backends; any is as good a start for a partial shuffle. */
  #shuffled = new Int32Array(0);
  readonly #taken: Int32Array;

  constructor(wanted: number, replacement: boolean, random: RandomSource) {
    this.#wanted = wanted;
    this.#replacement = replacement;
    this.#random = random;
    this.#taken = new Int32Array(wanted);
  }

  rebuild(pool: BackendPool): void {
    const eligibleCount = pool.eligibleCount;
    this.#weighted.rebuild(pool);
    this.#shuffled = Int32Array.from({ length: eligibleCount }, (_, i) => pool.eligibleAt(i));
    const firstWeight = eligibleCount === 0 ? 1 : pool.weight(pool.eligibleAt(0));
    this.#isUniform = this.#shuffled.every((b) => pool.weight(b as BackendIndex) === firstWeight);
    const available = this.#replacement && eligibleCount > 0 ? Infinity : eligibleCount;
    this.count = Math.min(this.#wanted, available);
  }

  draw(position: number): BackendIndex {
    if (this.#replacement) return this.#weighted.draw(this.#random);
    return this.#isUniform ? this.#drawShuffled(position) : this.#drawUntaken(position);
  }

  /** One step of a Fisher–Yates shuffle: what stands before `position` was drawn before. */
  #drawShuffled(position: number): BackendIndex {
    const shuffled = this.#shuffled;
    const drawnAt = position + Math.floor(this.#random() * (shuffled.length - position));
    const drawn = shuffled[drawnAt]!;
    shuffled[drawnAt] = shuffled[position]!;
    shuffled[position] = drawn;
    return drawn as BackendIndex;
  }

  #drawUntaken(position: number): BackendIndex {
    let drawn = this.#weighted.draw(this.#random);
    for (let redraw = 0; redraw < REDRAWS && this.#isTaken(drawn, position); redraw++) {
      drawn = this.#weighted.draw(this.#random);
    }
    this.#taken[position] = drawn;
    return drawn;
  }

  #isTaken(backend: BackendIndex, takenCount: number): boolean {
    for (let i = 0; i < takenCount; i++) if (this.#taken[i] === backend) return true;
    return false;
  }
}
