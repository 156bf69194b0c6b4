import { expOfNegative } from '../numbers/exp.ts';

/**
 * Exponentially weighted moving averages in columns, one a slot, weighted by age: a sample's weight
 * falls by e every `decayNs`. A sample above the average replaces it at once (peak), so that
 * trouble is seen at its first sign and forgotten slowly. Reads do not change anything. Rules of
 * Linkerd's `Ewma`; Finagle's differs in that its read decays the stored value.
 */
export class PeakEwma {
  readonly #decayNs: number;
  #value = new Float64Array(0);
  /** Time of the latest sample; −Infinity before the first. */
  #sampledNs = new Float64Array(0);

  constructor(decayNs: number) {
    if (!(decayNs > 0)) throw new RangeError(`a decay is above 0, got ${decayNs}`);
    this.#decayNs = decayNs;
  }

  /** Makes room for slots 0 … count − 1; new ones have no sample. */
  reserve(count: number): void {
    const { length } = this.#value;
    if (count <= length) return;
    const value = new Float64Array(count);
    const sampledNs = new Float64Array(count).fill(-Infinity);
    value.set(this.#value);
    sampledNs.set(this.#sampledNs);
    this.#value = value;
    this.#sampledNs = sampledNs;
  }

  reset(slot: number): void {
    this.#value[slot] = 0;
    this.#sampledNs[slot] = -Infinity;
  }

  hasSample(slot: number): boolean {
    return this.#sampledNs[slot]! > -Infinity;
  }

  /** The average as it has decayed by `nowNs`; 0 without a sample. */
  read(slot: number, nowNs: number): number {
    return this.#value[slot]! * this.#remaining(slot, nowNs);
  }

  /** Averages a sample in. One that is not younger than the latest is dropped. */
  add(slot: number, sample: number, nowNs: number): void {
    if (nowNs <= this.#sampledNs[slot]!) return;
    const remaining = this.#remaining(slot, nowNs);
    const isFirst = !this.hasSample(slot);
    const value = isFirst ? sample : this.#value[slot]! * remaining + sample * (1 - remaining);
    this.#value[slot] = value;
    this.#sampledNs[slot] = nowNs;
  }

  /** Like `add`, but a sample above the decayed average replaces it, at equal times too. */
  addPeak(slot: number, sample: number, nowNs: number): void {
    if (nowNs >= this.#sampledNs[slot]! && this.read(slot, nowNs) < sample) {
      this.#value[slot] = sample;
      this.#sampledNs[slot] = nowNs;
    } else {
      this.add(slot, sample, nowNs);
    }
  }

  #remaining(slot: number, nowNs: number): number {
    const ageNs = nowNs - this.#sampledNs[slot]!;
    return ageNs <= 0 ? 1 : expOfNegative(-ageNs / this.#decayNs);
  }
}
