const EMPTY = -1;

/**
 * Share of the table that may be in use. At ⅝ a key that is absent costs four probes on average
 * (Knuth vol. 3, 6.4, (22)), mostly in one cache line; at ½ it is two and a half, for up to twice
 * the memory.
 */
const FULL = 0.625;

/**
 * From object id (≥ 0) to cache slot: open addressing with linear probing, key and slot side by
 * side, at most ⅝ full; deletion closes the gap (Knuth vol. 3, 6.4, algorithm R), so there are
 * no tombstones.
 */
export class ObjectIndex {
  private mask: number;
  /** [key, slot] pairs. */
  private pairs: Int32Array;
  #count = 0;

  constructor(expectedCount: number) {
    let size = 8;
    while (size * FULL < expectedCount) size *= 2;
    this.mask = size - 1;
    this.pairs = new Int32Array(size * 2).fill(EMPTY);
  }

  /** Slot of the object, or −1. */
  get(object: number): number {
    const pairs = this.pairs;
    const mask = this.mask;
    let place = home(object, mask);
    for (;;) {
      const key = pairs[place * 2]!;
      if (key === object) return pairs[place * 2 + 1]!;
      if (key === EMPTY) return EMPTY;
      place = (place + 1) & mask;
    }
  }

  /** The object must not be there yet. */
  insert(object: number, slot: number): void {
    if (this.#count + 1 > (this.mask + 1) * FULL) this.#rehash();
    this.#count++;
    this.#place(object, slot);
  }

  /** The object must be there. */
  delete(object: number): void {
    const pairs = this.pairs;
    const mask = this.mask;
    let hole = home(object, mask);
    while (pairs[hole * 2] !== object) hole = (hole + 1) & mask;
    this.#count--;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const key = pairs[place * 2]!;
      if (key === EMPTY) break;
      // A key may fill the hole unless its home lies cyclically in (hole, place].
      const distanceFromHome = (place - home(key, mask)) & mask;
      if (distanceFromHome >= ((place - hole) & mask)) {
        pairs[hole * 2] = key;
        pairs[hole * 2 + 1] = pairs[place * 2 + 1]!;
        hole = place;
      }
    }
    pairs[hole * 2] = EMPTY;
  }

  clear(): void {
    this.pairs.fill(EMPTY);
    this.#count = 0;
  }

  #place(object: number, slot: number): void {
    const pairs = this.pairs;
    const mask = this.mask;
    let place = home(object, mask);
    while (pairs[place * 2] !== EMPTY) place = (place + 1) & mask;
    pairs[place * 2] = object;
    pairs[place * 2 + 1] = slot;
  }

  #rehash(): void {
    const pairs = this.pairs;
    this.mask = this.mask * 2 + 1;
    this.pairs = new Int32Array(pairs.length * 2).fill(EMPTY);
    for (let place = 0; place < pairs.length; place += 2) {
      if (pairs[place] !== EMPTY) this.#place(pairs[place]!, pairs[place + 1]!);
    }
  }
}

/** Fibonacci hashing: 2³² ÷ golden ratio spreads consecutive ids over the table. */
function home(object: number, mask: number): number {
  const mixed = Math.imul(object, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & mask;
}
