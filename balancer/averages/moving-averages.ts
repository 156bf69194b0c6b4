/**
 * Exponential moving averages in a column, one a slot: a sample has weight `smoothing`, all before
 * it together the rest. Before the first sample a slot holds a value of the holder's choice.
 */
export class MovingAverages {
  readonly #smoothing: number;
  readonly #initial: number;
  /** By slot; grows, so it is read anew after `reserve`. */
  values = new Float64Array(0);
  #hasSample = new Uint8Array(0);

  constructor(smoothing: number, initial: number) {
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw new RangeError(`a smoothing is in (0, 1], got ${smoothing}`);
    }
    this.#smoothing = smoothing;
    this.#initial = initial;
  }

  /** Makes room for slots 0 … count − 1; new ones have no sample. */
  reserve(count: number): void {
    if (count <= this.values.length) return;
    const values = new Float64Array(count).fill(this.#initial);
    const hasSample = new Uint8Array(count);
    values.set(this.values);
    hasSample.set(this.#hasSample);
    this.values = values;
    this.#hasSample = hasSample;
  }

  reset(slot: number): void {
    this.values[slot] = this.#initial;
    this.#hasSample[slot] = 0;
  }

  hasSample(slot: number): boolean {
    return this.#hasSample[slot] === 1;
  }

  add(slot: number, sample: number): void {
    const before = this.hasSample(slot) ? this.values[slot]! : sample;
    this.values[slot] = before + this.#smoothing * (sample - before);
    this.#hasSample[slot] = 1;
  }
}
