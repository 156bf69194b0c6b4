import { grown } from '../kernel/columns.ts';
import { HIGH } from '../kernel/double-bits.ts';

const FIRST_CAPACITY = 1024;

/** A digit of the sort: three of them are the high word of a positive double. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Objects that are to be in a cache, and how long ago each was used last, in one unit. */
export class WarmContents {
  #count = 0;
  #objects = new Int32Array(FIRST_CAPACITY);
  #ages = new Float64Array(FIRST_CAPACITY);

  /** Objects by ascending number; ages above 0. */
  add(object: number, age: number): void {
    if (this.#count === this.#objects.length) {
      this.#objects = grown(this.#objects, this.#count * 2);
      this.#ages = grown(this.#ages, this.#count * 2);
    }
    this.#objects[this.#count] = object;
    this.#ages[this.#count++] = age;
  }

  /**
   * The objects, the longest unused first; of equal ages the lower number first. A radix sort by
   * the high words of the ages, whose order is that of the ages but for their last 32 bits, and an
   * insertion sort for these.
   */
  longestUnusedFirst(): Int32Array {
    const objects = this.#objects;
    const ages = this.#ages;
    const order = this.#byHighWord();
    for (let i = 1; i < order.length; i++) {
      const entry = order[i]!;
      let place = i;
      for (; place > 0 && ages[order[place - 1]!]! < ages[entry]!; place--) {
        order[place] = order[place - 1]!;
      }
      order[place] = entry;
    }
    for (let i = 0; i < order.length; i++) order[i] = objects[order[i]!]!;
    return order;
  }

  /** Entries by descending high word of their age, equal ones as they were added. */
  #byHighWord(): Int32Array {
    const words = new Int32Array(this.#ages.buffer);
    let order = new Int32Array(this.#count);
    let sorted = new Int32Array(this.#count);
    for (let entry = 0; entry < order.length; entry++) order[entry] = entry;
    const next = new Int32Array(DIGITS + 1);
    for (let shift = 0; shift < 3 * DIGIT_BITS; shift += DIGIT_BITS) {
      next.fill(0);
      // the greatest digit comes first, so a digit's place begins after those of greater ones
      for (let i = 0; i < order.length; i++) {
        next[DIGITS - ((words[2 * i + HIGH]! >>> shift) & (DIGITS - 1))]!++;
      }
      for (let digit = 1; digit < DIGITS; digit++) next[digit]! += next[digit - 1]!;
      for (let i = 0; i < order.length; i++) {
        const entry = order[i]!;
        const digit = (words[2 * entry + HIGH]! >>> shift) & (DIGITS - 1);
        sorted[next[DIGITS - 1 - digit]!++] = entry;
      }
      [order, sorted] = [sorted, order];
    }
    return order;
  }
}
