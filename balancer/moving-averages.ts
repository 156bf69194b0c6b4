/**
 * Exponential moving averages in a column, one a slot: a sample has weight `smoothing`, all before
 * it together the rest.
 */
export class MovingAverages {
  readonly #smoothing: number;
  /** NaN before the first sample. */
  #value = new Float64Array(0);

  constructor(smoothing: number) {
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw new RangeError(`a smoothing is in (0, 1], got ${smoothing}`);
    }
    this.#smoothing = smoothing;
  }

  /** Makes room for slots 0 … count − 1; new ones have no sample. */
  reserve(count: number): void {
    if (count <= this.#value.length) return;
    const value = new Float64Array(count).fill(Number.NaN);
    value.set(this.#value);
    this.#value = value;
  }

  reset(slot: number): void {
    this.#value[slot] = Number.NaN;
  }

  hasSample(slot: number): boolean {
    return !Number.isNaN(this.#value[slot]!);
  }

  add(slot: number, sample: number): void {
    const before = this.#value[slot]!;
    this.#value[slot] = Number.isNaN(before)
      ? sample
      : before + this.#smoothing * (sample - before);
  }

  read(slot: number, whenNone: number): number {
    const value = this.#value[slot]!;
    return Number.isNaN(value) ? whenNone : value;
  }
}
