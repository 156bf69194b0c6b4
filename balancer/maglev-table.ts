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
  readonly #entries: readonly MaglevEntry[];
  readonly #wraps32: boolean;
  /** By entry: the slot to look at next, and how many were looked at. */
  readonly #slot: Float64Array;
  readonly #looked: Uint32Array;
  #claimedCount = 0;

  constructor(entries: readonly MaglevEntry[], size: number, { wraps32 = false } = {}) {
    if (entries.length === 0 || entries.length > size) {
      throw new RangeError(`${entries.length} backends do not fit a Maglev table of ${size} slots`);
    }
    this.owners = new Int32Array(size).fill(-1);
    this.#entries = entries;
    this.#wraps32 = wraps32;
    this.#slot = Float64Array.from(entries, ({ offset }) => offset);
    this.#looked = new Uint32Array(entries.length);
  }

  /** Entry `i` takes its next free slot. Returns whether the table is full with it. */
  claim(i: number): boolean {
    const owners = this.owners;
    const { owner, offset, skip } = this.#entries[i]!;
    const size = owners.length;
    let slot = this.#slot[i]!;
    let looked = this.#looked[i]!;
    let isFree = false;
    while (!isFree) {
      isFree = owners[slot] === -1;
      if (isFree) owners[slot] = owner;
      looked++;
      if (this.#wraps32) slot = ((offset + Math.imul(looked, skip)) >>> 0) % size;
      else slot = slot + skip >= size ? slot + skip - size : slot + skip;
    }
    this.#slot[i] = slot;
    this.#looked[i] = looked;
    return ++this.#claimedCount === size;
  }
}

/** In turn, one slot each: the paper, without weights. */
export function fillInTurn(table: MaglevTable, entryCount: number): void {
  for (let i = 0; !table.claim(i);) i = i + 1 === entryCount ? 0 : i + 1;
}
