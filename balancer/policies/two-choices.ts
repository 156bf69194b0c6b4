import { z } from 'zod';
import { AliasTable } from '../alias-table.ts';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

/**
 * Redraws of one weighted choice that was taken already. With every backend at most 90 % of the
 * weight, all of them fail with probability 0.9³² = 3 %; the pick then has one choice fewer.
 */
const REDRAWS = 32;

class TwoChoices implements Policy {
  readonly #choices: number;
  readonly #replacement: boolean;
  readonly #random: RandomSource;
  readonly #weighted = new AliasTable();
  #pool: BackendPool | undefined;
  #isUniform = true;
  /** A permutation of the eligible backends; any is as good a start for a partial shuffle. */
  #shuffled = new Int32Array(0);
  #taken: Int32Array;

  constructor(choices: number, replacement: boolean, random: RandomSource) {
    this.#choices = choices;
    this.#replacement = replacement;
    this.#random = random;
    this.#taken = new Int32Array(choices);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#weighted.rebuild(pool);
    const count = pool.eligibleCount;
    this.#shuffled = new Int32Array(count);
    this.#isUniform = true;
    for (let i = 0; i < count; i++) {
      this.#shuffled[i] = pool.eligibleAt(i);
      if (pool.weight(pool.eligibleAt(i)) !== pool.weight(pool.eligibleAt(0))) {
        this.#isUniform = false;
      }
    }
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    if (count === 0) return NO_BACKEND;
    const choices = this.#replacement ? this.#choices : Math.min(this.#choices, count);
    let best = this.#draw(0, count);
    for (let taken = 1; taken < choices; taken++) {
      const other = this.#draw(taken, count);
      const isLighter =
        pool.inFlight(other) * pool.weight(best) < pool.inFlight(best) * pool.weight(other);
      if (isLighter) best = other;
    }
    return best;
  }

  #draw(taken: number, count: number): BackendIndex {
    if (this.#replacement) return this.#weighted.draw(this.#random);
    return this.#isUniform ? this.#drawShuffled(taken, count) : this.#drawUntaken(taken);
  }

  /** One step of a Fisher–Yates shuffle: positions below `taken` hold what was drawn before. */
  #drawShuffled(taken: number, count: number): BackendIndex {
    const shuffled = this.#shuffled;
    const position = taken + Math.floor(this.#random() * (count - taken));
    const drawn = shuffled[position]!;
    shuffled[position] = shuffled[taken]!;
    shuffled[taken] = drawn;
    return drawn as BackendIndex;
  }

  #drawUntaken(taken: number): BackendIndex {
    let drawn = this.#weighted.draw(this.#random);
    for (let redraw = 0; redraw < REDRAWS && this.#isTaken(drawn, taken); redraw++) {
      drawn = this.#weighted.draw(this.#random);
    }
    this.#taken[taken] = drawn;
    return drawn;
  }

  #isTaken(backend: BackendIndex, taken: number): boolean {
    for (let i = 0; i < taken; i++) if (this.#taken[i] === backend) return true;
    return false;
  }
}

/**
 * The power of d choices (Vvedenskaya et al. 1996; Mitzenmacher 2001): draws `choices` backends in
 * proportion to weight and takes the one with the fewest requests in flight per unit of weight,
 * the first drawn on a tie. Without replacement (the default, Finagle's way and that of the exact
 * finite results) the draws are distinct; with it they are independent, as in Envoy and HAProxy.
 */
export const twoChoices = definePolicy({
  name: 'two-choices',
  summary: 'Draws a few backends at random and takes the one with the fewest requests in flight.',
  options: z.strictObject({
    choices: z.int().min(1).max(1024).default(2).describe('backends to draw for each pick'),
    replacement: z.boolean().default(false).describe('whether one backend may be drawn twice'),
  }),
  create: ({ choices, replacement }, { random }) => new TwoChoices(choices, replacement, random),
});
