/** How figures are called in a report; the unit is the end of the key. */

/** 0.5 → `p50`, 0.99 → `p99`, 0.999 → `p999`, 0.05 → `p05`: the decimals of q, two at least. */
export function quantileName(q: number): string {
  const decimals = String(q).slice('0.'.length);
  return `p${decimals.padEnd(2, '0')}`;
}

/** Limit → share of requests slower than it: 200 ms → `latency_over_200ms_ratio`. */
export function latencyOverKey(limitNs: number): string {
  return `latency_over_${wholeDuration(limitNs)}_ratio`;
}

/** In the largest unit in which it is a whole number. */
function wholeDuration(durationNs: number): string {
  for (const [unit, unitNs] of UNITS) {
    if (durationNs % unitNs === 0) return `${durationNs / unitNs}${unit}`;
  }
  return `${durationNs}ns`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
];
