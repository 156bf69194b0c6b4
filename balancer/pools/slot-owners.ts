import type { BackendIndex, BackendPool } from '../backend-pool.ts';

export interface SlotOwnersOptions {
  /**
   * True: a backend that cannot be picked for a while owns its slot until another has it, and what
   * was learnt of it holds when it is back. False: it starts anew.
   */
  readonly keepsAbsent: boolean;
}

/** Each is called in ascending order of index; whoever lost a slot first. */
export interface OwnerChanges {
  /** The slot has a new owner. */
  readonly joined?: (backend: BackendIndex) => void;
  /** Its owner lost it. */
  readonly left?: (backend: BackendIndex) => void;
}

/**
 * Whose the slots are in the columns of a policy. A slot that a backend left is used again, so what
 * a policy learns by slot has to be forgotten when the slot changes hands: see `update`.
 */
export class SlotOwners {
  readonly #keepsAbsent: boolean;
  /** By slot: id of the owner. */
  #ids: (string | undefined)[] = [];

  constructor({ keepsAbsent }: SlotOwnersOptions) {
    this.#keepsAbsent = keepsAbsent;
  }

  /** Whether the slot has an owner, as far as the last update goes. */
  has(backend: BackendIndex): boolean {
    return this.#ids[backend] !== undefined;
  }

  /** Brings the owners in line with the eligible backends, and tells of the changes. */
  update(pool: BackendPool, { joined, left }: OwnerChanges): void {
    const before = this.#ids;
    const now = this.#keepsAbsent ? before.slice() : [];
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      now[backend] = pool.id(backend);
    }
    this.#ids = now;
    for (let slot = 0; slot < before.length; slot++) {
      if (before[slot] !== undefined && before[slot] !== now[slot]) left?.(slot as BackendIndex);
    }
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      if (before[backend] !== now[backend]) joined?.(backend);
    }
  }
}
