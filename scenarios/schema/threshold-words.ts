import { parseBandwidth, parseSize } from '../../topology/index.ts';
import { parseDuration } from './duration.ts';
import { parsePercent, parseRate, type Parsed } from './numerals.ts';
import type { Aggregate, MetricName, MetricUnit } from './threshold.ts';

/** Words and values of threshold sentences. */

export const METRIC_SYNONYMS: Readonly<Record<string, MetricName>> = {
  error_ratio: 'error_rate',
  errors_rate: 'error_rate',
  failures: 'failed_requests',
  response_time: 'latency',
  duration: 'latency',
  utilization: 'utilisation',
  load: 'utilisation',
  hit_rate: 'hit_ratio',
  hits: 'hit_ratio',
  uptime: 'availability',
  success_rate: 'availability',
  throughput: 'requests_per_s',
  rps: 'requests_per_s',
  qps: 'requests_per_s',
};

/** `p50` … `p99.9`, `mean`, `max`, `min`. */
export function aggregateOf(word: string): Aggregate | null {
  if (word === 'mean' || word === 'max' || word === 'min') return { kind: word };
  const match = /^p(\d{1,2}(?:\.\d{1,3})?)$/.exec(word);
  const quantile = match === null ? 0 : Number(`${match[1]}e-2`);
  return quantile > 0 && quantile < 1 ? { kind: 'quantile', quantile } : null;
}

/** How a value is written in each unit; durations come out in nanoseconds. */
export const VALUE_FORMS = {
  s: { parse: parseDuration, example: '180ms' },
  ratio: { parse: parseRatio, example: '99.95%' },
  per_s: { parse: parseRate, example: '12k/s' },
  bytes: { parse: parseSize, example: '10GB' },
  bps: { parse: parseBandwidth, example: '10Gbps' },
  count: { parse: parsePlain, example: '4' },
} as const satisfies Readonly<Record<MetricUnit, ValueForm>>;

export interface ValueForm {
  readonly parse: (text: string) => Parsed;
  readonly example: string;
}

/** A percentage, or a plain factor such as `1.6`. */
function parseRatio(text: string): Parsed {
  return /^\d+(\.\d+)?$/.test(text) ? { ok: true, value: Number(text) } : parsePercent(text);
}

function parsePlain(text: string): Parsed {
  const match = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text);
  if (match === null)
    return { ok: false, message: `'${text}' is not a number`, hint: 'like 4 or 40k' };
  return { ok: true, value: Number(match[1]) * { '': 1, k: 1e3, M: 1e6, G: 1e9 }[match[2]!]! };
}
