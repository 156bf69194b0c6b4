import type { DistributionSpec } from '../world.ts';
import { exp, expm1 } from './exp.ts';
import { gamma } from './gamma.ts';
import { log } from './log.ts';

/** Mean of a law, in its unit; Infinity where it has none (Pareto with alpha ≤ 1, unbounded). */
export function meanOf(spec: DistributionSpec): number {
  return rawMoment(spec, 1);
}

/** Squared coefficient of variation, variance ÷ mean²; 0 for a constant, 1 for an exponential. */
export function scvOf(spec: DistributionSpec): number {
  switch (spec.law) {
    case 'constant':
      return 0;
    case 'exponential':
      return 1;
    case 'erlang':
      return 1 / spec.stages;
    case 'lognormal':
      return expm1(spec.sigma * spec.sigma);
    case 'uniform': {
      const width = spec.high - spec.low;
      const sum = spec.high + spec.low;
      return sum === 0 ? 0 : (width * width) / (3 * sum * sum);
    }
    case 'empirical':
      return scvOfValues(spec.values);
    default: {
      const mean = meanOf(spec);
      const second = rawMoment(spec, 2);
      return second === Infinity ? Infinity : second / (mean * mean) - 1;
    }
  }
}

/** E[X^n], n = 1 or 2. */
function rawMoment(spec: DistributionSpec, n: 1 | 2): number {
  switch (spec.law) {
    case 'constant':
      return n === 1 ? spec.value : spec.value * spec.value;
    case 'exponential':
      return n === 1 ? spec.mean : 2 * spec.mean * spec.mean;
    case 'erlang':
      return n === 1 ? spec.mean : spec.mean * spec.mean * (1 + 1 / spec.stages);
    case 'lognormal':
      return exp(n * spec.mu + 0.5 * n * n * spec.sigma * spec.sigma);
    case 'pareto':
      return paretoMoment(spec.alpha, spec.min, spec.max, n);
    case 'hyperexponential': {
      const { probability: p, mean1, mean2 } = spec;
      if (n === 1) return p * mean1 + (1 - p) * mean2;
      return 2 * (p * mean1 * mean1 + (1 - p) * mean2 * mean2);
    }
    case 'uniform': {
      const { low, high } = spec;
      return n === 1 ? (low + high) / 2 : (low * low + low * high + high * high) / 3;
    }
    case 'weibull': {
      const scale = n === 1 ? spec.scale : spec.scale * spec.scale;
      return scale * gamma(1 + n / spec.shape);
    }
    case 'empirical': {
      let sum = 0;
      for (const value of spec.values) sum += n === 1 ? value : value * value;
      return sum / spec.values.length;
    }
  }
}

function paretoMoment(alpha: number, min: number, max: number | undefined, n: 1 | 2): number {
  const minN = n === 1 ? min : min * min;
  if (max === undefined) return alpha > n ? (minN * alpha) / (alpha - n) : Infinity;
  const logRatio = log(max / min);
  const inside = -expm1(-alpha * logRatio);
  // ∫ x^(n−alpha−1) from min to max, whose antiderivative is a logarithm at alpha = n
  const integral = alpha === n ? logRatio : expm1((n - alpha) * logRatio) / (n - alpha);
  return (minN * alpha * integral) / inside;
}

/** By deviations, so that large values that differ little keep their digits. */
function scvOfValues(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return mean === 0 ? 0 : squares / values.length / (mean * mean);
}
