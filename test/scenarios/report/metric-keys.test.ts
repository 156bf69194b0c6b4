import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeScenario, expand, METRICS, type MetricName } from '../../../scenarios/index.ts';
import { metricPath } from '../../../scenarios/report/threshold-metric.ts';
import { uncovered, WINDOWED_WHEN_ASKED } from '../../../scenarios/schema/threshold-coverage.ts';
import { createSimulation, type MetricValues } from '../../../sim/index.ts';

/** Computed from other figures when the run is over. */
const DERIVED: readonly MetricName[] = ['recovery_time'];

const NO_WINDOW = { window: null, recovery: null };

it('every metric that a threshold may name is in the figures of a run', () => {
  const text = readFileSync('scenarios/library/origin-overload.yaml', 'utf8');
  const health = 'health: { active: { interval: 2s, timeout: 1s } }\n';
  const decoded = decodeScenario('o.yaml', text + health, { until: '61s' });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.diagnostics));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('no plans');
  const world = plans.value[0]!.world;
  const calm = { ...world.traffic, arrivals: { law: 'poisson', ratePerSecond: 50 } } as const;
  const { metrics, windows } = createSimulation({ ...world, traffic: calm }, '1', 0).run();
  const refused = (Object.keys(METRICS) as MetricName[]).filter(
    (metric) =>
      uncovered({ ...NO_WINDOW, metric, aggregate: null, of: null, noWorseThan: null }) !== null,
  );
  expect(refused).toEqual(['peak_utilisation']);
  expect(missingIn(metrics)).toEqual([...refused, ...DERIVED]);
  // Verdicts of health checks are there where a sentence asks for them.
  expect(missingIn(windows['crowd']!).toSorted()).toEqual(
    [...refused, ...WINDOWED_WHEN_ASKED, ...DERIVED].toSorted(),
  );
});

function missingIn(metrics: MetricValues): MetricName[] {
  return (Object.keys(METRICS) as MetricName[]).filter((metric) => {
    const { sampled } = METRICS[metric];
    const { key } = metricPath(metric, sampled ? { kind: 'mean' } : null);
    const quantile = metricPath(metric, { kind: 'quantile', quantile: 0.95 }).key;
    const needsQuantile = sampled && metric !== 'queue_wait';
    return !(key in metrics) || (needsQuantile && !(quantile in metrics));
  });
}
