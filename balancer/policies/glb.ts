import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { GLB_ROWS, GlbTable } from '../tables/glb-table.ts';

/** A row that was not ranked since the backends changed. */
const UNRANKED = -2;

class Glb implements Policy {
  readonly #table: GlbTable;
  /** Primary and secondary of each row. */
  readonly #rows: Int32Array;
  #ids: readonly string[] = [];
  #backends: readonly BackendIndex[] = [];

  constructor(seed: string, rowCount: number) {
    this.#table = new GlbTable(seed, rowCount);
    this.#rows = new Int32Array(2 * rowCount).fill(UNRANKED);
  }

  /** Rows are ranked when they are first asked for. A loss leaves those that do not name it. */
  rebuild(pool: BackendPool): void {
    const backends = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    const ids = backends.map((backend) => pool.id(backend));
    const present = new Set(ids);
    const before = new Set(this.#ids);
    const isSameSlot = this.#backends.every(
      (backend, i) => !present.has(this.#ids[i]!) || pool.id(backend) === this.#ids[i],
    );
    if (isSameSlot && ids.every((id) => before.has(id))) {
      const isGone = new Uint8Array(pool.slotCount);
      this.#backends.forEach(
        (backend, i) => (isGone[backend] = present.has(this.#ids[i]!) ? 0 : 1),
      );
      for (let at = 0; at < this.#rows.length; at += 2) {
        if (isGone[this.#rows[at]!] === 1 || isGone[this.#rows[at + 1]!] === 1) {
          this.#rows[at] = UNRANKED;
        }
      }
    } else {
      this.#rows.fill(UNRANKED);
    }
    this.#ids = ids;
    this.#backends = backends;
    this.#table.setBackends(ids);
  }

  /** The primary, the secondary, then everybody in turn from behind the secondary. */
  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const backends = this.#backends;
    const count = backends.length;
    if (count === 0) return NO_BACKEND;
    const at = 2 * (keyHash % this.#table.rowCount);
    if (this.#rows[at] === UNRANKED) this.#rank(at);
    const primary = this.#rows[at]! as BackendIndex;
    const rank = attempt % count;
    if (rank === 0) return primary;
    const secondary = this.#rows[at + 1]! as BackendIndex;
    if (rank === 1) return secondary;
    let position = backends.indexOf(secondary);
    for (let passed = 1; passed < rank; passed++) {
      position = position + 1 === count ? 0 : position + 1;
      if (backends[position] === primary) position = position + 1 === count ? 0 : position + 1;
    }
    return backends[position]!;
  }

  #rank(at: number): void {
    this.#table.rankRow(at / 2);
    const { primary, secondary } = this.#table;
    this.#rows[at] = this.#backends[primary]!;
    this.#rows[at + 1] = secondary < 0 ? NO_BACKEND : this.#backends[secondary]!;
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
