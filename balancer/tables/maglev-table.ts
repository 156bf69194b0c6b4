/** The permutation of the slots that an entry prefers: slot j is (offset + j · skip) mod size. */
export interface MaglevEntry {
  /** What the table holds for this entry's slots. */
  readonly owner: number;
  readonly offset: number;
  readonly skip: number;
}

/**
 * A Maglev table under construction (Eisenbud et al., NSDI 2016, §3.4): entries claim slots one at
 * a time, each the next free one of its permutation; products differ in whose turn it is. The size
 * is a prime, so that every permutation visits every slot. Throws when there are more entries than
 * slots, for the last ones would get none.
 *
 * With `wraps32`, j · skip is computed modulo 2³² as in Katran's C++, which departs from the
 * permutation where it overflows.
 */
export class MaglevTable {
  readonly owners: Int32Array;
  readonly #owner: Int32Array;
  readonly #offset: Int32Array;
  readonly #skip: Int32Array;
  readonly #wraps32: boolean;
  /** By entry: the slot to look at next, and how many were looked at. */
  readonly #next: Int32Array;
  readonly #looked: Int32Array;
  /** By slot; a byte, so that a table of 65,537 slots stays in the nearest caches. */
  readonly #isTaken: Uint8Array;
  #freeCount: number;

  constructor(entries: readonly MaglevEntry[], size: number, { wraps32 = false } = {}) {
    if (entries.length === 0 || entries.length > size) {
      throw new RangeError(`${entries.length} backends do not fit a Maglev table of ${size} slots`);
    }
    this.owners = new Int32Array(size);
    this.#owner = Int32Array.from(entries, ({ owner }) => owner);
    this.#offset = Int32Array.from(entries, ({ offset }) => offset);
    this.#skip = Int32Array.from(entries, ({ skip }) => skip);
    this.#wraps32 = wraps32;
    this.#next = Int32Array.from(this.#offset);
    this.#looked = new Int32Array(entries.length);
    this.#isTaken = new Uint8Array(size);
    this.#freeCount = size;
  }

  /** Entry `i` takes its next free slot. Returns whether the table is full with it. */
  claim(i: number): boolean {
    const slot = this.#wraps32 ? this.#nextFreeWrapping(i) : this.#nextFree(i);
    this.#isTaken[slot] = 1;
    this.owners[slot] = this.#owner[i]!;
    return --this.#freeCount === 0;
  }

  /**
   * All take turns, one slot each, until the table is full: what `claim` would do for 0, 1, 2 … n −
   * 1, 0, 1 …, in one loop, whose about size · ln size looks are the cost of a build.
   */
  fillInTurn(): Int32Array {
    if (this.#wraps32) {
      for (let i = 0; !this.claim(i);) i = i + 1 === this.#owner.length ? 0 : i + 1;
      return this.owners;
    }
    const { owners } = this;
    const owner = this.#owner;
    const skip = this.#skip;
    const next = this.#next;
    const isTaken = this.#isTaken;
    const size = owners.length;
    const count = owner.length;
    let free = this.#freeCount;
    for (let i = 0; free > 0; free--) {
      const step = skip[i]!;
      let slot = next[i]!;
      while (isTaken[slot]! !== 0) {
        slot += step;
        if (slot >= size) slot -= size;
      }
      isTaken[slot] = 1;
      owners[slot] = owner[i]!;
      slot += step;
      next[i] = slot >= size ? slot - size : slot;
      i = i + 1 === count ? 0 : i + 1;
    }
    this.#freeCount = 0;
    return owners;
  }

  #nextFree(i: number): number {
    const isTaken = this.#isTaken;
    const size = isTaken.length;
    const step = this.#skip[i]!;
    let slot = this.#next[i]!;
    while (isTaken[slot]! !== 0) {
      slot += step;
      if (slot >= size) slot -= size;
    }
    this.#next[i] = slot + step >= size ? slot + step - size : slot + step;
    return slot;
  }

  #nextFreeWrapping(i: number): number {
    const isTaken = this.#isTaken;
    const size = isTaken.length;
    const offset = this.#offset[i]!;
    const skip = this.#skip[i]!;
    let looked = this.#looked[i]!;
    let slot = 0;
    do slot = ((offset + Math.imul(looked++, skip)) >>> 0) % size;
    while (isTaken[slot]! !== 0);
    this.#looked[i] = looked;
    return slot;
  }
}
