import type { Summary } from '../../scenarios/index.ts';

/** Figures that a change of the engine or the language would move, and that a person can read. */
const METRICS = [
  'requests',
  'availability',
  'latency_mean_s',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'utilisation',
  'hit_ratio',
  'origin_fetches',
  'rtt_p50_s',
  'share_25ms_worse',
  'retries',
] as const;

/** Six digits tell every change apart that is not rounding. */
const DIGITS = 6;

type Estimates = Summary['strategies'][string]['metrics'];

/** What a golden file holds of a summary: small enough to be read in a review. */
export function extract(summary: Summary): unknown {
  return {
    scenario: summary.scenario.name,
    run: summary.run,
    baseline: summary.baseline,
    gate: summary.gate,
    strategies: Object.fromEntries(
      Object.entries(summary.strategies).map(([name, { fingerprints, metrics, windows }]) => [
        name,
        {
          fingerprints,
          metrics: figures(metrics),
          windows: Object.fromEntries(
            Object.entries(windows).map(([event, window]) => [event, figures(window.metrics)]),
          ),
        },
      ]),
    ),
    thresholds: summary.thresholds.map(({ text, strategy, value, result }) => ({
      text,
      strategy,
      value: value === null ? null : round(value.mean),
      result,
    })),
    verdicts: summary.comparisons.map((comparison) => ({
      metric: comparison.metric,
      strategy: comparison.strategy,
      ...(comparison.during === undefined ? {} : { during: comparison.during }),
      verdict: comparison.verdict,
    })),
    notes: summary.notes,
  };
}

function figures(metrics: Estimates): Record<string, number | null> {
  return Object.fromEntries(
    METRICS.flatMap((key) => {
      const estimate = metrics[key];
      return estimate === undefined ? [] : [[key, estimate === null ? null : round(estimate.mean)]];
    }),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
