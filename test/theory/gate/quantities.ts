import type { MetricValues, RunResult } from '../../../sim/index.ts';
import type { Quantity } from './gate-case.ts';

/**
 * The vectors count time in mean service times; the scenarios take 10 ms for one, so that their
 * figures look like those of a web server.
 */
export const UNIT_MS = 10;
export const UNITS_PER_SECOND = 1000 / UNIT_MS;

/**
 * Times are whole nanoseconds (1e-7 of a unit), and the vectors have 7 to 12 digits: a figure that
 * does not vary at all between replications still may differ by this.
 */
const ROUNDING = 1e-6;
/** Half a bucket of the histogram: see `sim/metrics/log-histogram.ts`. */
const HISTOGRAM = 1 / 256;

/** Run lengths for quantiles: validity protocol; the median needs no more than a mean. */
const RELAXATIONS_FOR_QUANTILE: Readonly<Record<string, number>> = {
  p50: 100,
  p90: 300,
  p99: 1_000,
  p999: 10_000,
};

type Measure = Quantity['measure'];

export function quantity(name: string, expected: number, measure: Measure): Quantity {
  return { name, expected, measure, relativeError: ROUNDING, relaxationsMin: 0 };
}

/** A ratio, count or rate as it stands in the world's metrics. */
export function metric(name: string, expected: number, key: string): Quantity {
  return quantity(name, expected, (result) => result.metrics[key]!);
}

/** A time in the world's metrics, in the vectors' unit. */
export function time(name: string, expected: number, key: string): Quantity {
  return quantity(name, expected, (result) => inUnits(result.metrics[key]));
}

/** Quantile of the time in the system, `offset` units added (a constant service time, say). */
export function latencyQuantile(p: string, expected: number, offset = 0): Quantity {
  return {
    ...time(offset === 0 ? `T_${p}` : `Wq_${p}`, expected + offset, `latency_${p}_s`),
    relativeError: HISTOGRAM,
    relaxationsMin: RELAXATIONS_FOR_QUANTILE[p]!,
  };
}

/** Requests a unit of time. */
export function arrivalRate(expected: number): Quantity {
  return quantity('lambda', expected, (result) =>
    scaled(result.metrics['requests_per_s'], 1 / UNITS_PER_SECOND),
  );
}

/** Every request ends well. */
export const allAnswered: Quantity = metric('answered', 1, 'availability');

/** One part of the requests over all of them. */
export function requestShare(name: string, expected: number, key: string): Quantity {
  return quantity(name, expected, ({ metrics }) => divided(metrics[key], metrics['requests']));
}

/**
 * Mean service time: busy slots over the rate of requests (Little). Much sharper than the
 * utilisation, as it does not vary with how many requests came.
 */
export function serviceTime(expected: number, slots: number): Quantity {
  return quantity('S', expected, ({ metrics }) => {
    const perUnit = scaled(metrics['requests_per_s'], 1 / UNITS_PER_SECOND);
    const busy = scaled(metrics['utilisation'], slots);
    return busy === null || perUnit === null ? null : busy / perUnit;
  });
}

/** What is in the system but not in service, all of `slots` added up. */
export function waitingCount(expected: number, slots: number): Quantity {
  return quantity('Lq', expected, ({ metrics }) => {
    const inside = metrics['in_system_mean'];
    const busy = scaled(metrics['utilisation'], slots);
    return typeof inside === 'number' && busy !== null ? inside - busy : null;
  });
}

/** A figure of one server of the laboratory. */
export function ofServer(name: string, expected: number, server: string, key: string): Quantity {
  return quantity(name, expected, (result: RunResult) => result.servers[`lab/${server}`]![key]!);
}

export function inUnits(seconds: number | null | undefined): number | null {
  return scaled(seconds, UNITS_PER_SECOND);
}

export function scaled(value: MetricValues[string] | undefined, factor: number): number | null {
  return typeof value === 'number' ? value * factor : null;
}

export function divided(
  part: MetricValues[string] | undefined,
  whole: MetricValues[string] | undefined,
): number | null {
  return typeof part === 'number' && typeof whole === 'number' && whole > 0 ? part / whole : null;
}
