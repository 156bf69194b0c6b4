/** What is known of some backends, in columns; the first `count` rows. */
export interface LoadColumns {
  readonly count: number;
  readonly requestsInFlight: Float64Array;
  readonly latencyNs: Float64Array;
}

/**
 * Prequal's rule, hot-cold lexicographic: backends with more requests in flight than `theta` are
 * hot. The cold one with the least latency, or, if all are hot, the one with the fewest requests
 * in flight; the first on ties. −1 without rows.
 */
export function bestByHotCold(columns: LoadColumns, theta: number): number {
  const { count, requestsInFlight, latencyNs } = columns;
  let best = -1;
  for (let i = 0; i < count; i++) {
    if (best < 0) {
      best = i;
      continue;
    }
    const isCold = requestsInFlight[i]! <= theta;
    const isBestCold = requestsInFlight[best]! <= theta;
    const isBetter = isCold
      ? !isBestCold || latencyNs[i]! < latencyNs[best]!
      : !isBestCold && requestsInFlight[i]! < requestsInFlight[best]!;
    if (isBetter) best = i;
  }
  return best;
}

/** The opposite end: the hot one with the most requests in flight, else the slowest cold one. */
export function worstByHotCold(columns: LoadColumns, theta: number): number {
  const { count, requestsInFlight, latencyNs } = columns;
  let worst = -1;
  for (let i = 0; i < count; i++) {
    if (worst < 0) {
      worst = i;
      continue;
    }
    const isHot = requestsInFlight[i]! > theta;
    const isWorstHot = requestsInFlight[worst]! > theta;
    const isWorse = isHot
      ? !isWorstHot || requestsInFlight[i]! > requestsInFlight[worst]!
      : !isWorstHot && latencyNs[i]! > latencyNs[worst]!;
    if (isWorse) worst = i;
  }
  return worst;
}

/**
 * How often one answer may be used, so that the pool neither runs dry nor grows stale (NSDI 2024,
 * §4): max(1, (1 + δ) ÷ ((1 − m/n) · probes − removals)), with m answers kept of n backends.
 * Infinity when answers come no faster than they go.
 */
export function reuseBudget(options: {
  readonly poolSize: number;
  readonly backendCount: number;
  readonly probesPerPick: number;
  readonly removalsPerPick: number;
  readonly delta: number;
}): number {
  const { poolSize, backendCount, probesPerPick, removalsPerPick, delta } = options;
  const surplus = (1 - poolSize / backendCount) * probesPerPick - removalsPerPick;
  return surplus > 0 ? Math.max(1, (1 + delta) / surplus) : Infinity;
}
