import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { GLB_ROWS, GlbTable } from '../glb-table.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

class Glb implements Policy {
  readonly #table: GlbTable;
  #rows: Int32Array = new Int32Array(0);
  #pool: BackendPool | undefined;
  #count = 0;

  constructor(seed: string, rowCount: number) {
    this.#table = new GlbTable(seed, rowCount);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const backends = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    const ids = backends.map((backend) => pool.id(backend));
    this.#rows = this.#table.rank(ids);
    this.#count = backends.length;
  }

  /** The primary, the secondary, then everybody in turn from behind the secondary. */
  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const count = this.#count;
    if (count === 0) return NO_BACKEND;
    const row = keyHash % this.#table.rowCount;
    const primary = this.#rows[2 * row]!;
    const secondary = this.#rows[2 * row + 1]!;
    const rank = attempt % count;
    if (rank === 0) return this.#pool!.eligibleAt(primary);
    if (rank === 1) return this.#pool!.eligibleAt(secondary);
    let position = secondary;
    for (let passed = 1; passed < rank; passed++) {
      position = position + 1 === count ? 0 : position + 1;
      if (position === primary) position = position + 1 === count ? 0 : position + 1;
    }
    return this.#pool!.eligibleAt(position);
  }
}

/**
 * GitHub's GLB director: rendezvous hashing into 65,536 rows of a primary and a secondary. A
 * backend that drains or is unhealthy leaves its rows to the secondary, and attempt 1 is the second
 * chance: the backend that a packet is passed on to when the first knows nothing of its flow.
 * Weights are ignored. While more than one is away, the original sends to a dead one; here the next
 * takes over.
 */
export const glb = definePolicy({
  name: 'glb',
  summary: 'Rows of a primary and a second chance, ranked by SipHash (GitHub’s GLB director).',
  options: z.strictObject({
    seed: z
      .string()
      .regex(/^[0-9a-f]{32}$/, { error: 'a seed has 32 hexadecimal digits' })
      .default('00000000000000000000000000000000'),
    rows: z.int().min(1).max(1_048_576).default(GLB_ROWS).describe('rows of the table'),
  }),
  consistent: true,
  create: ({ seed, rows }) => new Glb(seed, rows),
});
