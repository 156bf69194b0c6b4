import type { EntityWindowSpec } from '../../sim/index.ts';
import { entityName } from '../report/threshold-metric.ts';
import { whoseFigure } from '../report/threshold-observation.ts';
import type { Threshold } from '../schema/threshold.ts';
import { WINDOWED_WHEN_ASKED } from '../schema/threshold-coverage.ts';

/**
 * What a run must keep beside the world's figures around each event: those of entities that
 * sentences with a window speak of, and verdicts of health checks. Each pair once.
 */
export function buildEntityWindows(thresholds: readonly Threshold[]): EntityWindowSpec[] {
  const asked = new Map<string, EntityWindowSpec>();
  for (const written of thresholds) {
    const { window, of, metric } = whoseFigure(written);
    if (window === null) continue;
    const around = { part: window.kind, event: window.event };
    const add = (spec: EntityWindowSpec) => asked.set(JSON.stringify(spec), spec);
    if (of === null || (of.kind === 'one' && of.ref.kind === 'world')) {
      if (WINDOWED_WHEN_ASKED.has(metric)) add({ kind: 'world', name: null, ...around });
    } else if (of.kind === 'all') add({ kind: of.of, name: null, ...around });
    else add({ kind: of.ref.kind, name: entityName(of.ref), ...around });
  }
  return [...asked.values()];
}
