/** What one backend's requests came to within an interval. */
export interface IntervalCount {
  successCount: number;
  totalCount: number;
}

/** Percentage of successes in [0, 100]. */
export function successPercent({ successCount, totalCount }: IntervalCount): number {
  return (100 * successCount) / totalCount;
}

/**
 * The success percentage below which a backend is an outlier: so many (population) standard
 * deviations below the mean. Rates 50, 100, 100, 100, 100 and 1.9 deviations: 90 − 1.9 · 20 = 52.
 */
export function outlierThreshold(percents: readonly number[], deviations: number): number {
  const mean = percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  const squares = percents.reduce((sum, percent) => sum + (percent - mean) * (percent - mean), 0);
  return mean - deviations * Math.sqrt(squares / percents.length);
}
