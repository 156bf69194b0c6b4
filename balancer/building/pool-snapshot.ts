import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';

/**
 * A pool as it was at one moment: who was a member, who might be picked, what each weighed. Only
 * requests in flight are those of now, as every pick knows them. Answers all that policies and
 * their layers ask of a `BackendTable`.
 */
export class PoolSnapshot implements BackendPool {
  readonly slotCount: number;
  readonly #pool: BackendTable;
  readonly #eligible: Int32Array;
  readonly #isEligible: Uint8Array;
  readonly #isMember: Uint8Array;
  readonly #isEnabled: Uint8Array;
  readonly #weight: Float64Array;
  readonly #ids: readonly string[];

  constructor(pool: BackendTable) {
    const { slotCount } = pool;
    const column = (is: (backend: BackendIndex) => boolean): Uint8Array =>
      Uint8Array.from({ length: slotCount }, (_, slot) => Number(is(slot as BackendIndex)));
    this.#pool = pool;
    this.slotCount = slotCount;
    this.#eligible = Int32Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    this.#isEligible = column((backend) => pool.isEligible(backend));
    this.#isMember = column((backend) => pool.isMember(backend));
    this.#isEnabled = column((backend) => pool.isEnabled(backend));
    this.#weight = Float64Array.from({ length: slotCount }, (_, slot) =>
      pool.weight(slot as BackendIndex),
    );
    this.#ids = Array.from({ length: slotCount }, (_, slot) => pool.id(slot as BackendIndex));
  }

  get eligibleCount(): number {
    return this.#eligible.length;
  }

  eligibleAt(position: number): BackendIndex {
    return this.#eligible[position]! as BackendIndex;
  }

  isEligible(backend: BackendIndex): boolean {
    return this.#isEligible[backend] === 1;
  }

  isMember(backend: BackendIndex): boolean {
    return this.#isMember[backend] === 1;
  }

  isEnabled(backend: BackendIndex): boolean {
    return this.#isEnabled[backend] === 1;
  }

  id(backend: BackendIndex): string {
    return this.#ids[backend]!;
  }

  weight(backend: BackendIndex): number {
    return this.#weight[backend]!;
  }

  inFlight(backend: BackendIndex): number {
    return this.#pool.inFlight(backend);
  }

  get inFlightTotal(): number {
    return this.#pool.inFlightTotal;
  }
}
