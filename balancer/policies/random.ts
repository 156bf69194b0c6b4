import { z } from 'zod';
import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import { AliasTable } from '../draws/alias-table.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

class RandomPolicy implements Policy {
  readonly #table = new AliasTable();
  readonly #random: RandomSource;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  rebuild(pool: BackendPool): void {
    this.#table.rebuild(pool);
  }

  pick(): BackendIndex {
    return this.#table.draw(this.#random);
  }
}

/** Independent draws, each backend with probability weight ÷ total weight. */
export const random = definePolicy({
  name: 'random',
  summary: 'Draws a backend at random, in proportion to its weight.',
  options: z.strictObject({}),
  create: (_options, ports) => new RandomPolicy(ports.random),
});
