import { grown } from '../columns.ts';

const EMPTY = -1;

/**
 * From object id to cache slot: open addressing with linear probing over two columns, at most half
 * full; deletion closes the gap (Knuth vol. 3, 6.4, algorithm R), so there are no tombstones.
 */
export class ObjectIndex {
  #mask: number;
  #keys: Int32Array;
  #slots: Int32Array;
  #count = 0;

  constructor(expectedCount: number) {
    let size = 16;
    while (size < expectedCount * 2) size *= 2;
    this.#mask = size - 1;
    this.#keys = new Int32Array(size).fill(EMPTY);
    this.#slots = new Int32Array(size);
  }

  /** Slot of the object, or −1. */
  get(object: number): number {
    const keys = this.#keys;
    const mask = this.#mask;
    let place = home(object, mask);
    for (;;) {
      const key = keys[place]!;
      if (key === object) return this.#slots[place]!;
      if (key === EMPTY) return -1;
      place = (place + 1) & mask;
    }
  }

  /** The object must not be there yet. */
  insert(object: number, slot: number): void {
    if ((this.#count + 1) * 2 > this.#mask + 1) this.#rehash();
    this.#count++;
    this.#place(object, slot);
  }

  /** The object must be there. */
  delete(object: number): void {
    const keys = this.#keys;
    const mask = this.#mask;
    let hole = home(object, mask);
    while (keys[hole] !== object) hole = (hole + 1) & mask;
    this.#count--;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const key = keys[place]!;
      if (key === EMPTY) break;
      // A key may fill the hole unless its home lies cyclically in (hole, place].
      const distanceFromHome = (place - home(key, mask)) & mask;
      if (distanceFromHome >= ((place - hole) & mask)) {
        keys[hole] = key;
        this.#slots[hole] = this.#slots[place]!;
        hole = place;
      }
    }
    keys[hole] = EMPTY;
  }

  clear(): void {
    this.#keys.fill(EMPTY);
    this.#count = 0;
  }

  #place(object: number, slot: number): void {
    const mask = this.#mask;
    let place = home(object, mask);
    while (this.#keys[place] !== EMPTY) place = (place + 1) & mask;
    this.#keys[place] = object;
    this.#slots[place] = slot;
  }

  #rehash(): void {
    const keys = this.#keys;
    const slots = this.#slots;
    const size = keys.length * 2;
    this.#mask = size - 1;
    this.#keys = grown(keys, size).fill(EMPTY);
    this.#slots = new Int32Array(size);
    for (let place = 0; place < keys.length; place++) {
      if (keys[place] !== EMPTY) this.#place(keys[place]!, slots[place]!);
    }
  }
}

/** Fibonacci hashing: 2³² ÷ golden ratio spreads consecutive ids over the table. */
function home(object: number, mask: number): number {
  const mixed = Math.imul(object, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & mask;
}
