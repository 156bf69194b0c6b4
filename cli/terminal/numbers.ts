import { isRatio } from '../summary/metric-label.ts';

/** A value with its interval over replications (null: one replication gives none), base units. */
export interface Interval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How a quantity is shown: multiplied by `factor`, followed by `symbol`. */
export interface Unit {
  readonly factor: number;
  readonly symbol: string;
}

export const PLAIN: Unit = { factor: 1, symbol: '' };
export const PERCENT: Unit = { factor: 100, symbol: ' %' };

const TIMES: readonly Unit[] = [
  { factor: 1, symbol: ' s' },
  { factor: 1e3, symbol: ' ms' },
  { factor: 1e6, symbol: ' µs' },
];

/** The unit in which `value`, of the metric `key` (unit at its end), reads best. */
export function unitOf(key: string, value: number): Unit {
  if (key.endsWith('_per_s')) return scaled(value, '/s', ' ');
  if (key.endsWith('_s')) return timeUnit(value);
  if (key.endsWith('_bytes') || key === 'bytes') return scaled(value, 'B', ' ');
  if (key.endsWith('_bps')) return scaled(value, 'bps', ' ');
  if (isRatio(key)) return PERCENT;
  return Math.abs(value) >= 1e6 ? scaled(value, '') : PLAIN;
}

/** The unit that a limit is written in (`180ms`, `99.95%`, `12k/s`): both compare by eye. */
export function unitOfLimit(limit: string): Unit {
  const symbol = /(ns|us|µs|ms|s|m|h|%|[kMGT]?\/s|[kMGT]?bps|[kMGT]i?B|[kMGT])?$/.exec(
    limit.trim(),
  )?.[0];
  if (symbol === undefined || symbol === '') return PLAIN;
  if (symbol === '%') return PERCENT;
  const scale = LIMIT_SCALES[symbol] ?? 1;
  return { factor: 1 / scale, symbol: ` ${symbol}` };
}

/** Base units per unit: seconds for times, else the decimal or binary prefix. */
const LIMIT_SCALES: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  'k/s': 1e3,
  'M/s': 1e6,
  'G/s': 1e9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  kbps: 1e3,
  Mbps: 1e6,
  Gbps: 1e9,
  Tbps: 1e12,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** `61.2 ±1.9 ms`; the half width shows two digits and the mean as many decimals. */
export function formatInterval(value: Interval, unit: Unit): string {
  const mean = value.mean * unit.factor;
  const halfWidth = halfWidthOf(value) * unit.factor;
  if (halfWidth === 0) return `${significant(mean)}${unit.symbol}`;
  // Narrower than what three decimals can show: the value is as exact as it looks.
  if (halfWidth < 0.0005) return `${Number(mean.toFixed(3))}${unit.symbol}`;
  const decimals = decimalsFor(halfWidth);
  return `${mean.toFixed(decimals)} ±${halfWidth.toFixed(decimals)}${unit.symbol}`;
}

/** `−3.9 % [−5.5, −2.4]`: a relative difference with its interval. */
export function formatDifference(value: Interval, symbol = '%'): string {
  const halfWidth = halfWidthOf(value) * 100;
  const decimals = halfWidth > 0 ? decimalsFor(halfWidth) : 1;
  const mean = `${signed(value.mean * 100, decimals)} ${symbol}`;
  if (value.low === null || value.high === null) return mean;
  return `${mean} [${signed(value.low * 100, decimals)}, ${signed(value.high * 100, decimals)}]`;
}

/** A number with a real sign: `+0.8`, `−3.9`, `0.0`. */
export function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** Three significant digits, no exponent between 0.001 and a million. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return String(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  return value.toFixed(Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(size)))));
}

/** `11.4M`, `320k`, `17`. */
export function formatCount(value: number): string {
  const unit = scaled(value, '');
  return `${significant(Math.round(value * unit.factor * 10) / 10)}${unit.symbol}`;
}

/** `1:48`, `1:02:03`. */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Half of the interval; 0 where there is none. */
function halfWidthOf(value: Interval): number {
  return value.low === null || value.high === null ? 0 : (value.high - value.low) / 2;
}

function decimalsFor(halfWidth: number): number {
  return Math.min(3, Math.max(0, 1 - Math.floor(Math.log10(halfWidth))));
}

function timeUnit(seconds: number): Unit {
  const size = Math.abs(seconds);
  return size >= 1 || size === 0 ? TIMES[0]! : size >= 1e-3 ? TIMES[1]! : TIMES[2]!;
}

function scaled(value: number, symbol: string, space = ''): Unit {
  const size = Math.abs(value);
  const [factor, prefix] =
    size >= 1e12 ? [1e-12, 'T'] : size >= 1e9 ? [1e-9, 'G'] : size >= 1e6 ? [1e-6, 'M'] : [1, ''];
  const thousands = factor === 1 && size >= 1e4;
  return {
    factor: thousands ? 1e-3 : factor,
    symbol: `${space}${thousands ? 'k' : prefix}${symbol}`,
  };
}
