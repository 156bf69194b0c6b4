/**
 * A histogram of non-negative durations or sizes whose buckets are linear within each octave: 128
 * to a factor of two, so a quantile is off by at most 1/256 < 0.4 % of its value, whatever the
 * value. Count, sum, least and greatest are exact. Values below 1 share one bucket; values from
 * 2^53 on are refused.
 */
export class LogHistogram {
  #counts: Float64Array;
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  constructor() {
    // up to 2^27 ns = 134 ms before it grows
    this.#counts = new Float64Array(28 * BUCKETS_PER_OCTAVE);
  }

  record(value: number): void {
    if (!(value >= 0 && value < VALUE_END)) refuse(value);
    cell[0] = value;
    // exponent and top seven bits of the significand, counted from those of 1; bucket 0 is [0, 1)
    const raw = (words[HIGH]! >> SIGNIFICAND_SHIFT) - BUCKET_BEFORE_ONE;
    const bucket = raw < 0 ? 0 : raw;
    if (bucket >= this.#counts.length) this.#grow(bucket);
    this.#counts[bucket]!++;
    this.#count += 1;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** NaN when empty, as are `min`, `max` and every quantile. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  get min(): number {
    return this.#count === 0 ? NaN : this.#min;
  }

  get max(): number {
    return this.#count === 0 ? NaN : this.#max;
  }

  /** The ⌈q·n⌉-th smallest value, within 0.4 %; `q` in [0, 1]. */
  quantile(q: number): number {
    if (this.#count === 0) return NaN;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    if (rank >= this.#count) return this.#max;
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) {
        const middle = (lowerBound(bucket) + lowerBound(bucket + 1)) / 2;
        return Math.min(Math.max(middle, this.#min), this.#max);
      }
    }
    return this.#max;
  }

  /** How many values exceed `limit`; those in the limit's own bucket are split in proportion. */
  countAbove(limit: number): number {
    if (this.#count === 0 || limit >= this.#max) return 0;
    if (limit < this.#min) return this.#count;
    let above = 0;
    for (let bucket = this.#counts.length - 1; bucket >= 0; bucket--) {
      const low = lowerBound(bucket);
      if (low > limit) {
        above += this.#counts[bucket]!;
        continue;
      }
      const high = lowerBound(bucket + 1);
      return above + this.#counts[bucket]! * ((high - limit) / (high - low));
    }
    return above;
  }

  /** Adds all that `other` has recorded. */
  merge(other: LogHistogram): void {
    if (other.#counts.length > this.#counts.length) this.#resize(other.#counts.length);
    for (let bucket = 0; bucket < other.#counts.length; bucket++) {
      this.#counts[bucket]! += other.#counts[bucket]!;
    }
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Forgets everything and keeps its memory. */
  reset(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#sum = 0;
    this.#min = Infinity;
    this.#max = -Infinity;
  }

  /** Plain data: only the buckets that hold something. */
  toData(): LogHistogramData {
    const buckets: number[] = [];
    const counts: number[] = [];
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      if (this.#counts[bucket] === 0) continue;
      buckets.push(bucket);
      counts.push(this.#counts[bucket]!);
    }
    return { buckets, counts, sum: this.#sum, min: this.min, max: this.max };
  }

  static fromData(data: LogHistogramData): LogHistogram {
    const histogram = new LogHistogram();
    const last = data.buckets.at(-1);
    if (last === undefined) return histogram;
    if (last >= histogram.#counts.length) histogram.#resize(last + 1);
    for (const [i, bucket] of data.buckets.entries()) {
      histogram.#counts[bucket] = data.counts[i]!;
      histogram.#count += data.counts[i]!;
    }
    histogram.#sum = data.sum;
    histogram.#min = data.min;
    histogram.#max = data.max;
    return histogram;
  }

  #grow(bucket: number): void {
    this.#resize(Math.ceil((bucket + 1) / BUCKETS_PER_OCTAVE) * BUCKETS_PER_OCTAVE);
  }

  #resize(length: number): void {
    const counts = new Float64Array(length);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

export interface LogHistogramData {
  /** Ascending. Bucket 0 is [0, 1); bucket 1 + 128e + m starts at 2^e · (1 + m/128). */
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

const VALUE_END = 2 ** 53;
const BUCKETS_PER_OCTAVE = 128;
/** Leaves exponent and seven bits of the significand of a high word. */
const SIGNIFICAND_SHIFT = 20 - 7;
/** One less than the shifted high word of 1.0. */
const BUCKET_BEFORE_ONE = (0x3ff0_0000 >> SIGNIFICAND_SHIFT) - 1;

const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);
/** Position of the high word in a double. */
const HIGH = new Uint8Array(Float64Array.of(1).buffer)[7] === 0x3f ? 1 : 0;

function refuse(value: number): never {
  throw new RangeError(`histogram: ${value} is not in [0, 2^53)`);
}

function lowerBound(bucket: number): number {
  if (bucket === 0) return 0;
  const octave = (bucket - 1) >> 7;
  return 2 ** octave * (1 + ((bucket - 1) & 127) / BUCKETS_PER_OCTAVE);
}
