import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import { GLB_ROWS, GlbTable, swapUnusable } from '../glb-table.ts';
import type { ForwardingTable } from './forwarding.ts';

/**
 * GLB's second chance: each row has a primary and a secondary of all members, and the two are
 * swapped while the primary drains or is unhealthy, so that packets of its old flows find it by a
 * detour. At most one member may be away at a time.
 */
export class GlbForwarding implements ForwardingTable {
  readonly #table: GlbTable;
  #rows: Int32Array = new Int32Array(0);
  #members: readonly BackendIndex[] = [];

  /** `seed` has 32 hexadecimal digits. */
  constructor(seed: string, rowCount = GLB_ROWS) {
    this.#table = new GlbTable(seed, rowCount);
  }

  /** After any change; the members in ascending order of index. */
  rebuild(pool: BackendPool, members: readonly BackendIndex[]): void {
    this.#members = members;
    this.#rows = this.#table.rank(members.map((backend) => pool.id(backend)));
    swapUnusable(this.#rows, (position) => pool.isEligible(members[position]!));
  }

  first(flow: number): BackendIndex {
    return this.#members[this.#rows[2 * (flow % this.#table.rowCount)]!]!;
  }

  second(flow: number): BackendIndex {
    return this.#members[this.#rows[2 * (flow % this.#table.rowCount) + 1]!]!;
  }
}
