import { expm1 } from '../kernel/exp.ts';

/** Relative error of the root: a cache's content is a draw anyhow. */
const TOLERANCE = 1e-4;

/** Objects in a row are taken together while their rates lie within this of each other. */
const GROUP_WIDTH = 1.01;

/** What rounding can add to a sum of up to 10⁷ objects, relative to it. */
const ROUNDING_ROOM = 1e-8;

/** Objects that are asked for almost equally often. */
interface Group {
  readonly size: number;
  readonly rateLow: number;
  readonly rateMean: number;
  readonly rateHigh: number;
}

/**
 * The characteristic time T of an LRU cache: the root of Σ sizeᵢ (1 − exp(−rateᵢ T)) = capacity
 * (Che, Tung & Wang, IEEE JSAC 20, 2002). Infinity if everything fits.
 *
 * Found by bisection. Whether a time is below the root mostly follows from groups of objects with
 * like rates; the sum over all objects is taken only where that leaves it open.
 */
export function characteristicTime(
  rates: Float64Array,
  sizes: Float64Array,
  capacity: number,
): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= capacity) return Infinity;
  const groups = groupsOf(rates, sizes);
  const isBelowRoot = (time: number): boolean => {
    if (sizeAtMost(groups, time) < capacity) return true;
    if (sizeAtLeast(groups, time) >= capacity) return false;
    return expectedSize(rates, sizes, time) < capacity;
  };
  let high = 1;
  while (isBelowRoot(high)) high *= 2;
  let low = 0;
  while (high - low > high * TOLERANCE) {
    const middle = (low + high) / 2;
    if (isBelowRoot(middle)) low = middle;
    else high = middle;
  }
  return high;
}

function expectedSize(rates: Float64Array, sizes: Float64Array, time: number): number {
  let sum = 0;
  for (let i = 0; i < rates.length; i++) sum -= sizes[i]! * expm1(-rates[i]! * time);
  return sum;
}

function groupsOf(rates: Float64Array, sizes: Float64Array): Group[] {
  const groups: Group[] = [];
  let first = 0;
  while (first < rates.length) {
    let rateLow = rates[first]!;
    let rateHigh = rateLow;
    let size = 0;
    let weighted = 0;
    let next = first;
    for (; next < rates.length; next++) {
      const rate = rates[next]!;
      if (rate > rateLow * GROUP_WIDTH || rate * GROUP_WIDTH < rateHigh) break;
      if (rate < rateLow) rateLow = rate;
      if (rate > rateHigh) rateHigh = rate;
      size += sizes[next]!;
      weighted += sizes[next]! * rate;
    }
    groups.push({ size, rateLow, rateMean: weighted / size, rateHigh });
    first = next;
  }
  return groups;
}

/** An upper bound of the expected size: 1 − exp(−rT) is concave in r, so the mean rate has most. */
function sizeAtMost(groups: readonly Group[], time: number): number {
  let sum = 0;
  for (const { size, rateMean } of groups) sum -= size * expm1(-rateMean * time);
  return sum * (1 + ROUNDING_ROOM);
}

/** A lower bound: a concave function lies above its chord from the least rate to the greatest. */
function sizeAtLeast(groups: readonly Group[], time: number): number {
  let sum = 0;
  for (const { size, rateLow, rateMean, rateHigh } of groups) {
    const atLow = -expm1(-rateLow * time);
    const atHigh = rateHigh > rateLow ? -expm1(-rateHigh * time) : atLow;
    const share = rateHigh > rateLow ? (rateMean - rateLow) / (rateHigh - rateLow) : 0;
    // rounding may have put the mean outside
    sum += size * (atLow + (atHigh - atLow) * Math.min(1, Math.max(0, share)));
  }
  return sum * (1 - ROUNDING_ROOM);
}
