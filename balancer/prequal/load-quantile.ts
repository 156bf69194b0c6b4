/** Answers that the estimate of the distribution rests on. */
const MEMORY = 128;

/** Quantiles of the newest numbers of requests in flight that were reported. */
export class LoadQuantile {
  /** In the order in which they came: a ring. */
  readonly #newest = new Float64Array(MEMORY);
  readonly #sorted = new Float64Array(MEMORY);
  #count = 0;
  #next = 0;

  add(value: number): void {
    if (this.#count === MEMORY) this.#remove(this.#newest[this.#next]!);
    this.#newest[this.#next] = value;
    this.#next = this.#next + 1 === MEMORY ? 0 : this.#next + 1;
    const at = this.#positionOf(value);
    this.#sorted.copyWithin(at + 1, at, this.#count);
    this.#sorted[at] = value;
    this.#count++;
  }

  /** The least value for 0, the greatest for 1; 0 before the first. */
  quantile(ratio: number): number {
    if (this.#count === 0) return 0;
    return this.#sorted[Math.min(this.#count - 1, Math.floor(ratio * this.#count))]!;
  }

  #remove(value: number): void {
    const at = this.#positionOf(value);
    this.#sorted.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }

  /** First position whose value is not below. */
  #positionOf(value: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
