import type { Estimate } from '../../sim/index.ts';

/**
 * A figure for people: seconds as ms below one second, ratios in per cent, others as they are; as
 * many digits as the interval supports, at most six.
 */
export function formatEstimate(metric: string, estimate: Estimate | null): string {
  if (estimate === null) return 'n/a';
  const { factor, unit } = displayUnit(metric, estimate.mean);
  const mean = estimate.mean * factor;
  if (estimate.low === null || estimate.high === null) return `${formatNumber(mean)}${unit}`;
  const half = ((estimate.high - estimate.low) / 2) * factor;
  const decimals = decimalsFor(half, mean);
  return `${mean.toFixed(decimals)} ±${half.toFixed(decimals)}${unit}`;
}

/** `-3.9 % [-5.5, -2.4]`; `n/a` where there is none. */
export function formatRelative(difference: Estimate | null): string {
  if (difference === null) return 'n/a';
  const percent = (value: number): string => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`;
  if (difference.low === null || difference.high === null) return `${percent(difference.mean)} %`;
  return `${percent(difference.mean)} % [${percent(difference.low)}, ${percent(difference.high)}]`;
}

function displayUnit(metric: string, value: number): { factor: number; unit: string } {
  if (metric.endsWith('_per_s')) return { factor: 1, unit: '/s' };
  if (metric.endsWith('_bps')) return { factor: 1e-6, unit: ' Mbit/s' };
  if (metric.endsWith('_s'))
    return Math.abs(value) < 1 ? { factor: 1000, unit: ' ms' } : { factor: 1, unit: ' s' };
  return isShare(metric) ? { factor: 100, unit: ' %' } : { factor: 1, unit: '' };
}

function isShare(metric: string): boolean {
  return (
    metric === 'availability' ||
    metric === 'utilisation' ||
    metric === 'origin_offload' ||
    metric.startsWith('share_') ||
    (metric.endsWith('_ratio') && metric !== 'moved_keys_ratio')
  );
}

/** Two significant digits of the half-width; at least none, at most six decimals. */
function decimalsFor(half: number, mean: number): number {
  const reference = half > 0 ? half : Math.abs(mean) / 1000;
  if (reference === 0) return 0;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(reference))));
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}
