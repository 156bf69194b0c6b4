import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { DistinctWalk } from '../distinct-walk.ts';
import { buildMaglevTable } from '../maglev-table.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

/** Envoy's default: the prime above 2¹⁶; the Maglev paper's small table. */
const DEFAULT_TABLE_SIZE = 65_537;

/** Envoy's greatest table. */
const MAX_TABLE_SIZE = 5_000_011;

class Maglev implements Policy {
  readonly #tableSize: number;
  readonly #walk = new DistinctWalk();
  #owners: Int32Array = new Int32Array(0);
  #ownerCount = 0;

  constructor(tableSize: number) {
    this.#tableSize = tableSize;
  }

  rebuild(pool: BackendPool): void {
    const backends = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    this.#ownerCount = backends.length;
    if (backends.length === 0) return;
    const entries = backends.map((owner) => ({
      owner,
      id: pool.id(owner),
      weight: pool.weight(owner),
    }));
    this.#owners = buildMaglevTable(entries, this.#tableSize);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const ownerCount = this.#ownerCount;
    if (ownerCount === 0) return NO_BACKEND;
    const slot = keyHash % this.#tableSize;
    if (attempt === 0) return this.#owners[slot]! as BackendIndex;
    return this.#walk.find(this.#owners, this.#tableSize, ownerCount, slot, attempt);
  }
}

function isPrime(candidate: number): boolean {
  if (candidate < 2) return false;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

/**
 * Maglev hashing (Eisenbud et al., NSDI 2016, §3.4) with Envoy's hashes, order and weights: one
 * look into a table that all backends fill in turn. Shares are even within about 1 % when the
 * table has 100 slots a backend; a change of membership moves a few times the keys that it must.
 * Retries go to the next slot of a different backend.
 */
export const maglev = definePolicy({
  name: 'maglev',
  summary: 'Looks the key up in a Maglev table (Envoy, XXH64): O(1), evenly filled.',
  options: z.strictObject({
    table_size: z
      .int()
      .min(2)
      .max(MAX_TABLE_SIZE)
      .refine(isPrime, { error: 'the size of a Maglev table is a prime number, such as 65537' })
      .default(DEFAULT_TABLE_SIZE)
      .describe('slots of the table, a prime'),
  }),
  consistent: true,
  create: ({ table_size: tableSize }) => new Maglev(tableSize),
});
