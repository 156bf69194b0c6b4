/** Parts an octave is cut into: a quantile in the middle of its part is within 1.6 %. */
const PART_BITS = 5;
/** Codes begin at 64 ns: nothing that a client sees is faster. */
const LOWEST_EXPONENT = 127 + 6;
const SHIFT = 23 - PART_BITS;
const FIRST_CODE = LOWEST_EXPONENT << PART_BITS;
/** 64 octaves of 32 parts: up to 2^70 ns, far beyond any clock. */
const CODE_COUNT = 2048;

/**
 * Latencies of many small groups (an entity's bucket of time, a *cell*), one number each, in
 * no order: sorted once at the end, each cell's values lie together and in order. A histogram a
 * cell would be mostly empty.
 */
export class LatencyLog {
  #entries = new Float64Array(1024);
  #count = 0;

  /** `cell` is a whole number below 2^42. */
  add(cell: number, latencyNs: number): void {
    if (this.#count === this.#entries.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#entries);
      this.#entries = grown;
    }
    this.#entries[this.#count++] = cell * CODE_COUNT + codeOf(latencyNs);
  }

  /**
   * Quantiles of each cell in seconds, NaN for empty ones, by nearest rank; `cellOf` maps the cells
   * that were counted in to those asked for.
   */
  quantiles(
    shares: readonly number[],
    cellCount: number,
    cellOf: (cell: number) => number,
  ): readonly Float32Array[] {
    const sorted = this.#entries.slice(0, this.#count);
    for (let i = 0; i < sorted.length; i++) {
      const entry = sorted[i]!;
      const code = entry % CODE_COUNT;
      sorted[i] = cellOf((entry - code) / CODE_COUNT) * CODE_COUNT + code;
    }
    sorted.sort();
    const columns = shares.map(() => new Float32Array(cellCount).fill(NaN));
    for (let first = 0; first < sorted.length;) {
      const cell = Math.floor(sorted[first]! / CODE_COUNT);
      let end = first + 1;
      while (end < sorted.length && sorted[end]! < (cell + 1) * CODE_COUNT) end++;
      shares.forEach((share, i) => {
        const rank = Math.min(end - first, Math.max(1, Math.ceil(share * (end - first))));
        columns[i]![cell] = secondsOf(sorted[first + rank - 1]! % CODE_COUNT);
      });
      first = end;
    }
    return columns;
  }
}

const float32 = new Float32Array(1);
const bits32 = new Uint32Array(float32.buffer);

/** Exponent and leading bits of the mantissa. */
function codeOf(latencyNs: number): number {
  float32[0] = latencyNs;
  const code = (bits32[0]! >>> SHIFT) - FIRST_CODE;
  return code < 0 ? 0 : code < CODE_COUNT ? code : CODE_COUNT - 1;
}

/** The middle of the code's part. */
function secondsOf(code: number): number {
  bits32[0] = ((code + FIRST_CODE) << SHIFT) | (1 << (SHIFT - 1));
  return float32[0]! / 1e9;
}
