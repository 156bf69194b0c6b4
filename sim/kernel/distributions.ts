import type { DistributionSpec } from '../world.ts';
import { ErlangSampler } from './erlang.ts';
import { exp, expm1 } from './exp.ts';
import { HyperexponentialSampler } from './hyperexponential.ts';
import { log } from './log.ts';
import { meanOf } from './moments.ts';
import { normalQuantile } from './normal.ts';
import { pow } from './pow.ts';
import type { Stream } from './random.ts';

/** Draws from one law. Values are in the unit of its specification, not rounded. */
export interface Sampler {
  readonly mean: number;
  /** One variate; one uniform of the stream (Erlang: one a stage). */
  sample(stream: Stream): number;
  /** As many variates as there is room, as `sample` would draw them one by one. */
  fill(stream: Stream, into: Float64Array): void;
  /** The value below which the share `u` lies, 0 < u < 1: inversion, monotone in `u`. */
  quantile(u: number): number;
}

/** A sampler of the law; throws `RangeError` where a parameter is outside its range. */
export function createSampler(spec: DistributionSpec): Sampler {
  const problem = problemOf(spec);
  if (problem !== null) throw new RangeError(`${spec.law} distribution: ${problem}`);
  if (spec.law === 'erlang') return new ErlangSampler(spec.stages, spec.mean);
  if (spec.law === 'hyperexponential') return new HyperexponentialSampler(spec);
  return new InversionSampler(meanOf(spec), quantileOf(spec));
}

type Quantile = (u: number) => number;

class InversionSampler implements Sampler {
  readonly mean: number;
  readonly quantile: Quantile;

  constructor(mean: number, quantile: Quantile) {
    this.mean = mean;
    this.quantile = quantile;
  }

  sample(stream: Stream): number {
    return this.quantile(stream.uniform());
  }

  fill(stream: Stream, into: Float64Array): void {
    const { quantile } = this;
    stream.uniforms(into);
    for (let i = 0; i < into.length; i++) into[i] = quantile(into[i]!);
  }
}

type Invertible = Exclude<DistributionSpec, { law: 'erlang' } | { law: 'hyperexponential' }>;

/** The closed-form quantile functions. 1 − u is exact for the uniforms of `random.ts`. */
function quantileOf(spec: Invertible): Quantile {
  switch (spec.law) {
    case 'constant':
      return () => spec.value;
    case 'exponential':
      return (u) => -spec.mean * log(1 - u);
    case 'lognormal':
      return (u) => exp(spec.mu + spec.sigma * normalQuantile(u));
    case 'pareto':
      return paretoQuantile(spec.alpha, spec.min, spec.max);
    case 'uniform':
      return (u) => spec.low + (spec.high - spec.low) * u;
    case 'weibull':
      return (u) => spec.scale * pow(-log(1 - u), 1 / spec.shape);
    case 'empirical':
      return (u) => spec.values[Math.floor(u * spec.values.length)]!;
  }
}

function paretoQuantile(alpha: number, min: number, max: number | undefined): Quantile {
  if (max === undefined) return (u) => min * pow(1 - u, -1 / alpha);
  // P(X > x) = ((min/x)^alpha − (min/max)^alpha) / inside, with the share inside the bound
  const inside = -expm1(-alpha * log(max / min));
  return (u) => Math.min(max, min * pow(1 - u * inside, -1 / alpha));
}

function problemOf(spec: DistributionSpec): string | null {
  switch (spec.law) {
    case 'constant':
      return isFinite(spec.value) && spec.value >= 0 ? null : 'value must be at least 0';
    case 'exponential':
      return isPositive(spec.mean) ? null : 'mean must be above 0';
    case 'lognormal':
      return isFinite(spec.mu) && spec.sigma >= 0 ? null : 'sigma must be at least 0';
    case 'pareto':
      if (!isPositive(spec.alpha) || !isPositive(spec.min)) return 'alpha and min must be above 0';
      return spec.max === undefined || spec.max > spec.min ? null : 'max must be above min';
    case 'erlang':
      if (!Number.isInteger(spec.stages) || spec.stages < 1) return 'stages must be 1, 2, 3 …';
      return isPositive(spec.mean) ? null : 'mean must be above 0';
    case 'hyperexponential':
      if (!(spec.probability > 0 && spec.probability < 1))
        return 'probability must be inside (0, 1)';
      return isPositive(spec.mean1) && isPositive(spec.mean2) ? null : 'means must be above 0';
    case 'uniform':
      return spec.low >= 0 && spec.high >= spec.low ? null : 'needs 0 ≤ low ≤ high';
    case 'weibull':
      return isPositive(spec.shape) && isPositive(spec.scale)
        ? null
        : 'shape and scale must be above 0';
    case 'empirical':
      if (spec.values.length === 0) return 'needs at least one value';
      return spec.values.every((v, i, all) => i === 0 || v >= all[i - 1]!)
        ? null
        : 'values must ascend';
  }
}

function isPositive(x: number): boolean {
  return x > 0 && isFinite(x);
}
