import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { Choices } from '../draws/choices.ts';
import { definePolicy, type Policy } from '../policy.ts';

class TwoChoices implements Policy {
  readonly #choices: Choices;
  #pool: BackendPool | undefined;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#choices.rebuild(pool);
  }

  pick(): BackendIndex {
    const pool = this.#pool!;
    const choices = this.#choices;
    if (choices.count === 0) return NO_BACKEND;
    let best = choices.draw(0);
    for (let position = 1; position < choices.count; position++) {
      const other = choices.draw(position);
      const isLighter =
        pool.inFlight(other) * pool.weight(best) < pool.inFlight(best) * pool.weight(other);
      if (isLighter) best = other;
    }
    return best;
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
  create: ({ choices, replacement }, { random }) =>
    new TwoChoices(new Choices(choices, replacement, random)),
});
