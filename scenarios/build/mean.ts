import type { DistributionSpec } from '../../sim/index.ts';

/** Mean of a law; Infinity where it has none. */
export function meanOf(law: DistributionSpec): number {
  switch (law.law) {
    case 'constant':
      return law.value;
    case 'exponential':
    case 'erlang':
      return law.mean;
    case 'lognormal':
      return Math.exp(law.mu + (law.sigma * law.sigma) / 2);
    case 'pareto':
      return paretoMean(law.alpha, law.min, law.max ?? Infinity);
    case 'hyperexponential':
      return law.probability * law.mean1 + (1 - law.probability) * law.mean2;
    case 'uniform':
      return (law.low + law.high) / 2;
    case 'weibull':
      return law.scale * gamma(1 + 1 / law.shape);
    case 'empirical':
      return law.values.reduce((sum, value) => sum + value, 0) / law.values.length;
  }
}

/** α L^α (L^{1−α} − H^{1−α}) / ((α − 1)(1 − (L/H)^α)); α = 1 is the limit. */
function paretoMean(alpha: number, min: number, max: number): number {
  if (max === Infinity) return alpha > 1 ? (alpha * min) / (alpha - 1) : Infinity;
  const ratio = min / max;
  if (alpha === 1) return (min * Math.log(max / min)) / (1 - ratio);
  const tail = ratio ** alpha;
  return (alpha * min * (1 - ratio ** (alpha - 1))) / ((alpha - 1) * (1 - tail));
}

/** Γ(x) for x ≥ 1 by Lanczos' approximation (g = 7, n = 9; relative error below 1e-14). */
function gamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const t = shifted + 7.5;
  const sum = coefficients
    .slice(1)
    .reduce((total, c, i) => total + c / (shifted + i + 1), coefficients[0]!);
  return Math.sqrt(2 * Math.PI) * t ** (shifted + 0.5) * Math.exp(-t) * sum;
}
