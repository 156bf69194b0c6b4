const SIZE = 624;
const SHIFT = 397;

/**
 * The Mersenne twister MT19937 (Matsumoto & Nishimura 1998): C++'s `std::mt19937`, with which Envoy
 * shuffles hosts, and the generator of Python's `random`, with which the SRE book shuffles
 * backends.
 */
export class Mt19937 {
  readonly #state = new Uint32Array(SIZE);
  #next = SIZE;

  /** C++'s seeding by one word. */
  constructor(seed: number) {
    this.reseed(seed);
  }

  /** Python's seeding (`init_by_array`) by one word. */
  static fromPythonSeed(seed: number): Mt19937 {
    const generator = new Mt19937(19_650_218);
    generator.#mixIn(seed);
    return generator;
  }

  /** Unsigned 32-bit word. */
  next(): number {
    if (this.#next === SIZE) this.#twist();
    let word = this.#state[this.#next++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  /** Uniform in [0, bound) as Envoy draws it: by division, and again when that is out of range. */
  below(bound: number): number {
    const width = Math.floor(2 ** 32 / bound);
    let drawn = bound;
    while (drawn >= bound) drawn = Math.floor(this.next() / width);
    return drawn;
  }

  /** Uniform in [0, 1) with 53 bits (`genrand_res53`, Python's `random()`). */
  next53(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Begins anew, as one constructed with the seed. */
  reseed(seed: number): void {
    const state = this.#state;
    this.#next = SIZE;
    state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(before, 1_812_433_253) + i;
    }
  }

  #mixIn(key: number): void {
    const state = this.#state;
    let i = 1;
    const step = () => {
      if (++i < SIZE) return;
      state[0] = state[SIZE - 1]!;
      i = 1;
    };
    const before = () => state[i - 1]! ^ (state[i - 1]! >>> 30);
    for (let k = 0; k < SIZE; k++, step()) {
      state[i] = (state[i]! ^ Math.imul(before(), 1_664_525)) + key;
    }
    for (let k = 0; k < SIZE - 1; k++, step()) {
      state[i] = (state[i]! ^ Math.imul(before(), 1_566_083_941)) - i;
    }
    state[0] = 0x80000000;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < SIZE; i++) {
      const upper = state[i]! & 0x80000000;
      const lower = state[i + 1 === SIZE ? 0 : i + 1]! & 0x7fffffff;
      const joined = upper | lower;
      const other = state[i + SHIFT < SIZE ? i + SHIFT : i + SHIFT - SIZE]!;
      state[i] = other ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}
