import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { RandomSource } from '../ports.ts';

/**
 * Draws eligible backends with probability weight ÷ total weight, in O(1) and with one random
 * number: the alias method (Walker 1977; built as Vose 1991). Equal weights skip the table.
 */
export class AliasTable {
  #count = 0;
  #isUniform = true;
  #backends = new Int32Array(0);
  /** A draw that falls in column i keeps i when its fraction lies below `#keep[i]`. */
  #keep = new Float64Array(0);
  #alias = new Int32Array(0);

  rebuild(pool: BackendPool): void {
    const count = pool.eligibleCount;
    if (this.#backends.length < count) this.#allocate(count);
    this.#count = count;
    let total = 0;
    this.#isUniform = true;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      const weight = pool.weight(backend);
      this.#backends[i] = backend;
      this.#keep[i] = weight;
      total += weight;
      if (weight !== this.#keep[0]) this.#isUniform = false;
    }
    if (!this.#isUniform) this.#pair(total);
  }

  /** `NO_BACKEND` when nothing is eligible. */
  draw(random: RandomSource): BackendIndex {
    const count = this.#count;
    if (count === 0) return NO_BACKEND;
    const scaled = random() * count;
    const column = Math.floor(scaled);
    if (this.#isUniform || scaled - column < this.#keep[column]!) {
      return this.#backends[column]! as BackendIndex;
    }
    return this.#backends[this.#alias[column]!]! as BackendIndex;
  }

  /** Vose: every column below its fair share is topped up from one above it. */
  #pair(total: number): void {
    const count = this.#count;
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < count; i++) {
      this.#keep[i] = (this.#keep[i]! * count) / total;
      (this.#keep[i]! < 1 ? small : large).push(i);
    }
    while (small.length > 0 && large.length > 0) {
      const under = small.pop()!;
      const over = large.at(-1)!;
      this.#alias[under] = over;
      this.#keep[over] = this.#keep[over]! + this.#keep[under]! - 1;
      if (this.#keep[over]! < 1) small.push(large.pop()!);
    }
    // What is left differs from 1 by rounding only.
    for (const column of small) this.#keep[column] = 1;
    for (const column of large) this.#keep[column] = 1;
  }

  #allocate(count: number): void {
    this.#backends = new Int32Array(count);
    this.#keep = new Float64Array(count);
    this.#alias = new Int32Array(count);
  }
}
