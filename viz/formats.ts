import { format } from 'd3-format';
import { utilisationLetter } from './theme.ts';

/** What text stands for a value that is not there. */
export const NO_DATA = '–';

const threeDigits = format('.3~s');
const twoDecimals = format('.2~f');

/** A number of anything, with an SI prefix above 1,000: `214k`, `0.5`. */
export function formatCount(value: number | null | undefined): string {
  if (!isNumber(value)) return NO_DATA;
  return Math.abs(value) < 1 ? twoDecimals(value) : threeDigits(value);
}

/** Per second: `214k/s`. */
export function formatRate(value: number | null | undefined): string {
  return isNumber(value) ? `${formatCount(value)}/s` : NO_DATA;
}

/** A latency in seconds, in the unit that reads best: `41 ms`, `1.2 s`, `350 µs`. */
export function formatLatency(seconds: number | null | undefined): string {
  if (!isNumber(seconds)) return NO_DATA;
  const size = Math.abs(seconds);
  if (size === 0) return '0 ms';
  if (size < 1e-3) return `${significant(seconds * 1e6)} µs`;
  if (size < 1) return `${significant(seconds * 1e3)} ms`;
  return `${significant(seconds)} s`;
}

/** A ratio as a percentage: `58 %`, `0.13 %`. */
export function formatPercent(ratio: number | null | undefined): string {
  return isNumber(ratio) ? `${percent(ratio * 100)} %` : NO_DATA;
}

/** A utilisation with the letter of its class, A (idle) to I (above 85 %): `47 % (E)`. */
export function formatUtilisation(value: number | null | undefined): string {
  if (!isNumber(value)) return NO_DATA;
  return `${value > 1 ? '> 100 %' : formatPercent(value)} (${utilisationLetter(value)})`;
}

/** A change as a percentage with its sign: `+12 %`, `−3.4 %`. */
export function formatChange(ratio: number | null | undefined): string {
  if (!isNumber(ratio)) return NO_DATA;
  return `${ratio > 0 ? '+' : ratio < 0 ? '−' : ''}${significant(Math.abs(ratio) * 100)} %`;
}

/** Bits per second: `140 Mbit/s`. */
export function formatBandwidth(bps: number | null | undefined): string {
  if (!isNumber(bps)) return NO_DATA;
  const [digits, prefix] = splitPrefix(format('.3~s')(bps));
  return `${digits} ${prefix}bit/s`;
}

/** Bytes, by powers of 1,000: `1.5 MB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (!isNumber(bytes)) return NO_DATA;
  const [digits, prefix] = splitPrefix(format('.3~s')(bytes));
  return `${digits} ${prefix}B`;
}

/** A time on the scenario's clock: `0:06:12`, `−0:00:30`; tenths only where they are not 0. */
export function formatClock(seconds: number): string {
  const tenths = Math.round(Math.abs(seconds) * 10);
  const whole = Math.floor(tenths / 10);
  const rest = tenths % 10;
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return `${seconds < 0 && tenths > 0 ? '−' : ''}${text}${rest > 0 ? `.${rest}` : ''}`;
}

/** As `formatClock`, without hours where the story has none: for axes and captions. */
export function formatShortClock(seconds: number): string {
  return formatClock(seconds).replace(/^(−?)0:0?/, '$1');
}

/** A metric of the report by the unit at the end of its key, as `report-format` has it. */
export function formatMetric(key: string, value: number | null | undefined): string {
  if (key.endsWith('_per_s')) return formatRate(value);
  if (key.endsWith('_bps')) return formatBandwidth(value);
  if (key.endsWith('_bytes') || key === 'bytes') return formatBytes(value);
  if (key.endsWith('_s')) return formatLatency(value);
  return isRatioMetric(key) ? formatPercent(value) : formatCount(value);
}

/** Whether a metric is a share of something, shown as a percentage. */
export function isRatioMetric(key: string): boolean {
  return /(^|_)(ratio|availability|utilisation|share|offload)(_|$)/.test(key);
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Three significant digits at most, no more than the unit needs: `187`, `41.3`, `0.13`. */
function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  return size >= 10 ? String(Number(value.toFixed(1))) : String(Number(value.toPrecision(2)));
}

/** Close to 100 % what is missing counts: `99.57`, `99.9963`, and 100 only where it is. */
function percent(value: number): string {
  if (value <= 99 || value >= 100) return significant(value);
  const missing = 100 - value;
  const decimals = 1 - Math.floor(Math.log10(missing));
  return decimals > 9 ? '100' : String(Number(value.toFixed(Math.min(decimals, 9))));
}

function splitPrefix(text: string): [digits: string, prefix: string] {
  const match = /^(.*?)([a-zA-Zµ]?)$/.exec(text);
  return [match?.[1] ?? text, match?.[2] ?? ''];
}
