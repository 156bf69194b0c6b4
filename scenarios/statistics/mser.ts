/** Observations averaged into one batch before truncation is judged (MSER-5, Spratt 1998). */
export const MSER_BATCH = 5;

export interface Truncation {
  /** Observations to drop from the start; a multiple of the batch. */
  readonly dropped: number;
  /** d* > n/4: the series may not have settled (W0120). */
  readonly doubtful: boolean;
}

/**
 * Where a series stops warming up: the d ≤ n/2 that minimises
 * MSER(d) = Σ_{i>d} (Ȳ_i − Ȳ_{>d})² / (n − d)² over batch means (White 1997; Spratt 1998). Give it
 * the series *averaged over replications*; on single replications it is biased (up to −11 % of the
 * mean at ρ = 0.9). Throws a RangeError for fewer than two batches.
 */
export function mser5(series: readonly number[]): Truncation {
  const batches = batchMeans(series, MSER_BATCH);
  const count = batches.length;
  if (count < 2)
    throw new RangeError(`MSER-5 needs at least ${2 * MSER_BATCH} values, got ${series.length}`);
  const limit = Math.floor(count / 2);
  let best = 0;
  let bestScore = Infinity;
  // From the end to the start, so that sums of the tail grow by one batch a step.
  let sum = 0;
  let sumOfSquares = 0;
  // Centred on the last batch: squares of large means would cancel catastrophically.
  const origin = batches[count - 1]!;
  for (let d = count - 1; d >= 0; d--) {
    const value = batches[d]! - origin;
    sum += value;
    sumOfSquares += value * value;
    const kept = count - d;
    const score = Math.max(0, sumOfSquares - (sum * sum) / kept) / (kept * kept);
    // `<=`: of equally good truncations the shortest.
    if (d <= limit && score <= bestScore) {
      best = d;
      bestScore = score;
    }
  }
  return { dropped: best * MSER_BATCH, doubtful: best > count / 4 };
}

function batchMeans(series: readonly number[], size: number): number[] {
  const count = Math.floor(series.length / size);
  return Array.from({ length: count }, (_, batch) => {
    let sum = 0;
    for (let i = batch * size; i < (batch + 1) * size; i++) sum += series[i]!;
    return sum / size;
  });
}
