/** Weights are scaled so that the greatest is the greatest 16-bit number. */
const MOST = 65_535;

/** Where in its cycle each backend begins: far from that of its neighbours. */
const OFFSET = 32_767;

/**
 * gRPC's static stride scheduler: a sequence of numbers, of which number s offers backend s mod n
 * its turn s div n, and it takes as many of 65,535 turns as its scaled weight. A weight of 0 is not
 * known yet and counts as the mean of the others. Fewer than two known weights, or all equal: plain
 * turns. Without state but the sequence number; O(1) expected while weights are alike.
 */
export class StaticStride {
  /** Number of the next offer; wraps at 2³² as the original's. */
  sequence: number;
  #count = 0;
  #isPlain = true;
  #scaled = new Uint16Array(0);
  readonly #clamps: boolean;

  /** With `clamps`, a weight is held between 0.01 and 10 times the mean (C++, not Go). */
  constructor(sequence: number, clamps: boolean) {
    this.sequence = sequence;
    this.#clamps = clamps;
  }

  /** Whether it only takes turns. */
  get isPlain(): boolean {
    return this.#isPlain;
  }

  /** The scaled weights, for descriptions and tests. */
  get scaled(): Uint16Array {
    return this.#scaled.subarray(0, this.#count);
  }

  /** Takes over the first `count` weights. Allocates only when there are more than ever before. */
  update(weights: Float64Array, count: number): void {
    if (count > this.#scaled.length) this.#scaled = new Uint16Array(count);
    this.#count = count;
    let sum = 0;
    let knownCount = 0;
    let greatest = 0;
    for (let i = 0; i < count; i++) {
      sum += weights[i]!;
      greatest = Math.max(greatest, weights[i]!);
      if (weights[i]! > 0) knownCount++;
    }
    this.#isPlain = knownCount < 2;
    if (this.#isPlain) return;
    const mean = sum / knownCount;
    const most = this.#clamps ? Math.min(greatest, 10 * mean) : greatest;
    const least = this.#clamps ? 0.01 * mean : 0;
    let isEqual = true;
    for (let i = 0; i < count; i++) {
      const weight = weights[i]! > 0 ? Math.min(most, Math.max(least, weights[i]!)) : mean;
      this.#scaled[i] = Math.min(MOST, Math.round((MOST / most) * weight));
      if (this.#scaled[i] !== this.#scaled[0]) isEqual = false;
    }
    this.#isPlain = isEqual;
  }

  /** Position of the backend whose turn it is; −1 without backends. */
  next(): number {
    const count = this.#count;
    if (count === 0) return -1;
    for (;;) {
      const sequence = this.sequence;
      this.sequence = (sequence + 1) >>> 0;
      const position = sequence % count;
      if (this.#isPlain) return position;
      const weight = this.#scaled[position]!;
      const generation = (sequence - position) / count;
      if ((weight * generation + position * OFFSET) % MOST >= MOST - weight) return position;
    }
  }
}
