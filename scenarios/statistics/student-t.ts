import jstat from 'jstat';

/**
 * Student's t distribution. jstat's quantile is good to about 2e-8 relative, far inside the digits
 * anybody prints.
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  // A summary asks for the same few quantiles a hundred thousand times.
  const key = `${probability} ${degreesOfFreedom}`;
  let quantile = quantiles.get(key);
  if (quantile === undefined) {
    quantile = jstat.studentt.inv(probability, degreesOfFreedom);
    quantiles.set(key, quantile);
  }
  return quantile;
}

const quantiles = new Map<string, number>();

/** P(T ≤ t). Infinite t is allowed: differences without any spread give it. */
export function tCumulative(t: number, degreesOfFreedom: number): number {
  if (t === Infinity) return 1;
  if (t === -Infinity) return 0;
  // By symmetry from the lower tail, where jstat loses no digits to 1 − x.
  const lower = jstat.studentt.cdf(-Math.abs(t), degreesOfFreedom);
  return t <= 0 ? lower : 1 - lower;
}

/** Two-sided p of a t statistic. */
export function tTwoSidedP(t: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * tCumulative(-Math.abs(t), degreesOfFreedom));
}

/** Quantile of the standard normal distribution. */
export function normalQuantile(probability: number): number {
  return jstat.normal.inv(probability, 0, 1);
}

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCumulative(z: number): number {
  return jstat.normal.cdf(z, 0, 1);
}
