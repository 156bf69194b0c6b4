import type { RecordSpec } from '../../sim/index.ts';
import type { Threshold } from '../schema/threshold.ts';
import type { BuildContext } from './context.ts';

/** Reported always; thresholds may add others. */
const QUANTILES = [0.5, 0.9, 0.95, 0.99, 0.999];

/** What a replication has to keep for the report, the thresholds and the dashboard. */
export function buildRecord(thresholds: readonly Threshold[], context: BuildContext): RecordSpec {
  const output = context.sections.read(context.root, 'output');
  const widths = (output?.record ?? []).map(({ everyNs }) => everyNs).filter((ns) => ns > 0);
  const aggregates = thresholds.flatMap(({ aggregate, recovery }) => [
    aggregate,
    recovery?.aggregate,
  ]);
  const quantiles = new Set(QUANTILES);
  const limitsNs = new Set<number>();
  for (const aggregate of aggregates) {
    if (aggregate?.kind === 'quantile') quantiles.add(aggregate.quantile);
    if (aggregate?.kind === 'share') limitsNs.add(Math.round(aggregate.limit * 1e9));
  }
  return {
    timelineNs: widths.length === 0 ? 0 : Math.min(...widths),
    quantiles: [...quantiles].sort((a, b) => a - b),
    latencyLimitsNs: [...limitsNs].sort((a, b) => a - b),
  };
}
