import { meanOf, type DistributionSpec } from '../../sim/index.ts';

/** The derived parameters of a law of times: `lognormal μ 17.18 σ 0.42, mean 35 ms`. */
export function lawText(law: DistributionSpec): string {
  const mean = meanOf(law);
  const text = Number.isFinite(mean) ? `mean ${duration(mean)}` : 'no finite mean';
  switch (law.law) {
    case 'constant':
      return `constant ${duration(law.value)}`;
    case 'lognormal':
      return `lognormal μ ${law.mu.toFixed(3)} (of ns) σ ${law.sigma.toFixed(3)}, ${text}`;
    case 'pareto': {
      const max = law.max === undefined ? '' : ` to ${duration(law.max)}`;
      return `pareto α ${law.alpha} from ${duration(law.min)}${max}, ${text}`;
    }
    case 'erlang':
      return `erlang ${law.stages} stages, ${text}`;
    case 'weibull':
      return `weibull shape ${law.shape.toFixed(3)} scale ${duration(law.scale)}, ${text}`;
    case 'hyperexponential':
      return `hyperexponential p ${law.probability.toFixed(3)}, ${text}`;
    case 'empirical':
      return `empirical, ${law.values.length} values, ${text}`;
    default:
      return `${law.law} ${text}`;
  }
}

function duration(ns: number): string {
  const [factor, unit] = ns >= 1e9 ? [1e9, 's'] : ns >= 999_500 ? [1e6, 'ms'] : [1e3, 'µs'];
  return `${Number((ns / factor).toPrecision(3))} ${unit}`;
}
