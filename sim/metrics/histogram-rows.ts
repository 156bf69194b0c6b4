import { HIGH } from '../kernel/double-bits.ts';

/**
 * Many histograms of one resolution, a row each: a value's bucket is found once and counted in
 * several rows (the world's, a POP's, a class's, a region's), which is what makes recording cheap.
 *
 * Buckets are log-linear as in HdrHistogram (Tene 2012): every octave is cut into 2^bits equal
 * parts, read straight off the exponent and the leading bits of the double. A quantile is
 * interpolated within its bucket, so its relative error is at most 2^-bits (1.6 % for 6 bits) and,
 * where the density is smooth, far less. Values are ≥ 0 (nanoseconds); a row is allocated when
 * first counted in.
 */
export class HistogramRows {
  private readonly shift: number;
  private readonly bits: number;
  private readonly bucketCount: number;
  private readonly rows: (Uint32Array | undefined)[];

  constructor(rowCount: number, bits = 6) {
    this.bits = bits;
    this.shift = HIGH_MANTISSA_BITS - bits;
    this.bucketCount = 1 + (OCTAVES << bits);
    this.rows = Array.from({ length: rowCount }, () => undefined);
  }

  /** Bucket 0 holds [0, 64); the last holds everything from 2^46 on. */
  bucketOf(value: number): number {
    if (value < LOWEST) return 0;
    float64[0] = value;
    const bucket = 1 + ((high32[HIGH]! - LOWEST_HIGH_WORD) >>> this.shift);
    return bucket < this.bucketCount ? bucket : this.bucketCount - 1;
  }

  count(row: number, bucket: number): void {
    this.countsOf(row)[bucket]!++;
  }

  /** What a row has counted so far, by bucket; whoever counts many values writes there. */
  countsOf(row: number): Uint32Array {
    return this.rows[row] ?? this.#allocate(row);
  }

  /** Adds up some rows, in the order given. */
  gather(rows: readonly number[]): HistogramSum {
    const counts = new Float64Array(this.bucketCount);
    let total = 0;
    for (const row of rows) {
      const from = this.rows[row];
      if (from === undefined) continue;
      for (let bucket = 0; bucket < counts.length; bucket++) {
        counts[bucket]! += from[bucket]!;
        total += from[bucket]!;
      }
    }
    return new HistogramSum(counts, total, this.bits);
  }

  #allocate(row: number): Uint32Array {
    const counts = new Uint32Array(this.bucketCount);
    this.rows[row] = counts;
    return counts;
  }
}

/** Rows added up, from which quantiles are read. */
export class HistogramSum {
  readonly total: number;
  private readonly counts: Float64Array;
  readonly bits: number;

  constructor(counts: Float64Array, total: number, bits: number) {
    this.counts = counts;
    this.total = total;
    this.bits = bits;
  }

  /**
   * Value below which the share q of what was counted lies, never outside [min, max], the exact
   * extremes of the data; null when nothing was counted.
   */
  quantile(q: number, min = 0, max = Infinity): number | null {
    if (this.total === 0) return null;
    const rank = q * this.total;
    let below = 0;
    let bucket = 0;
    while (bucket < this.counts.length - 1 && below + this.counts[bucket]! < rank) {
      below += this.counts[bucket]!;
      bucket++;
    }
    const low = this.#lowerEdge(bucket);
    const high = bucket === 0 ? LOWEST : this.#lowerEdge(bucket + 1);
    const share = (rank - below) / Math.max(this.counts[bucket]!, 1);
    // Interpolating between the extremes that lie in this bucket keeps a constant a constant.
    const from = Math.max(low, min);
    const until = Math.min(high, max);
    return Math.min(Math.max(from + share * (until - from), min), max);
  }

  #lowerEdge(bucket: number): number {
    if (bucket === 0) return 0;
    const part = (bucket - 1) & ((1 << this.bits) - 1);
    const octave = (bucket - 1) >> this.bits;
    return LOWEST * 2 ** octave * (1 + part / (1 << this.bits));
  }
}

/** 64 ns: nothing that a client sees is faster. */
const LOWEST = 64;
/** 64 ns · 2^40 is 19.5 hours, longer than any client waits. */
const OCTAVES = 40;
/** Of the 52 bits of a double's mantissa, 20 lie in its high word. */
const HIGH_MANTISSA_BITS = 20;
/** High word of 64: biased exponent 1023 + 6, mantissa 0. */
const LOWEST_HIGH_WORD = (1023 + 6) << HIGH_MANTISSA_BITS;

const float64 = new Float64Array(1);
const high32 = new Uint32Array(float64.buffer);
