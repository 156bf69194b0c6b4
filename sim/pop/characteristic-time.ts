import { expm1 } from '../kernel/exp.ts';

/** Relative error of the root: a cache's content is a draw anyhow. */
const TOLERANCE = 1e-4;

/**
 * The characteristic time T of an LRU cache: the root of Σ sizeᵢ (1 − exp(−rateᵢ T)) = capacity
 * (Che, Tung & Wang, IEEE JSAC 20, 2002). Infinity if everything fits.
 */
export function characteristicTime(
  rates: readonly number[],
  sizes: readonly number[],
  capacity: number,
): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= capacity) return Infinity;
  let high = 1;
  while (expectedSize(rates, sizes, high) < capacity) high *= 2;
  let low = 0;
  while (high - low > high * TOLERANCE) {
    const middle = (low + high) / 2;
    if (expectedSize(rates, sizes, middle) < capacity) low = middle;
    else high = middle;
  }
  return high;
}

function expectedSize(rates: readonly number[], sizes: readonly number[], time: number): number {
  let sum = 0;
  for (let i = 0; i < rates.length; i++) sum -= sizes[i]! * expm1(-rates[i]! * time);
  return sum;
}
