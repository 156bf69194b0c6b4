/** The newest intervals, their mean and their population variance. Sums are of whole numbers. */
export class HeartbeatHistory {
  readonly #capacity: number;
  readonly #samples: number[] = [];
  /** The oldest, once the history is full. */
  #oldest = 0;
  #sum = 0;

  constructor(capacity: number) {
    if (!(Number.isInteger(capacity) && capacity >= 1)) {
      throw new RangeError(`a history holds at least one sample, got ${capacity}`);
    }
    this.#capacity = capacity;
  }

  get mean(): number {
    return this.#samples.length === 0 ? 0 : this.#sum / this.#samples.length;
  }

  /** Around the mean, because the difference of two large sums of squares would be all rounding. */
  get variance(): number {
    const { mean } = this;
    const squares = this.#samples.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
    return this.#samples.length === 0 ? 0 : squares / this.#samples.length;
  }

  get stdDev(): number {
    return Math.sqrt(this.variance);
  }

  add(sample: number): void {
    if (this.#samples.length < this.#capacity) {
      this.#samples.push(sample);
    } else {
      this.#sum -= this.#samples[this.#oldest]!;
      this.#samples[this.#oldest] = sample;
      this.#oldest = this.#oldest + 1 === this.#capacity ? 0 : this.#oldest + 1;
    }
    this.#sum += sample;
  }
}
