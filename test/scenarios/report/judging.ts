import type { RunResult, ThresholdResult } from '../../../sim/index.ts';
import { judgeThresholds } from '../../../scenarios/report/thresholds.ts';
import type { Threshold } from '../../../scenarios/schema/threshold.ts';
import { labWorld } from '../running/mm1-request.ts';
import { resultOf, tenOf } from './run-results.ts';

const EVENT = {
  name: 'down',
  atNs: 10e9,
  untilNs: 20e9,
  targets: [],
  action: { verb: 'fail', mode: 'power' },
} as const;

export function judge(
  one: Threshold,
  results: readonly RunResult[],
  others: Record<string, readonly RunResult[]> = {},
  isPartial = false,
): ThresholdResult {
  const strategies = Object.entries({ s: results, ...others }).map(([name, all]) => ({
    name,
    results: all,
    world: labWorld(name, { duration_s: 100, events: [EVENT] }),
  }));
  return judgeThresholds({ thresholds: [one], baseline: 'base', strategies, isPartial }).find(
    ({ strategy }) => strategy === 's',
  )!;
}

/** t₉ s / √10 of the ten offsets −1 … 1 is 0.481: s = 0.6728. */
export const HALF_OF_UNIT = 0.481;
export const latencies = (center: number, spread: number): RunResult[] =>
  tenOf((offset, r) => resultOf(r, { latency_mean_s: center + offset * spread, completed: 1e5 }));
