import { mean } from 'simple-statistics';
import type { Ranking } from '../../sim/index.ts';
import { bestCandidates, kendallTau } from '../statistics/index.ts';
import { valuesByReplication, type StrategyResults } from './comparisons.ts';
import { digits } from './estimate.ts';
import { betterIs } from './metric-scale.ts';

/**
 * The strategies by one metric, best first, by the mean over the replications all of them have; how
 * far single replications agree with that order; and which strategies may be the best. Null when
 * there are fewer than two strategies or no common replication.
 */
export function rank(metric: string, strategies: readonly StrategyResults[]): Ranking | null {
  const tables = strategies.map((strategy) => valuesByReplication(strategy, metric, null));
  const common = [...(tables[0]?.keys() ?? [])].filter((r) =>
    tables.every((table) => table.has(r)),
  );
  if (strategies.length < 2 || common.length === 0) return null;
  // Turned so that smaller is better.
  const sign = betterIs(metric) === 'lower' ? 1 : -1;
  const rows = tables.map((table) => common.map((replication) => sign * table.get(replication)!));
  const means = rows.map((row) => mean(row));
  const order = means.map((_, index) => index).sort((a, b) => means[a]! - means[b]! || a - b);
  const taus = common.flatMap(
    (_, column) =>
      kendallTau(
        rows.map((row) => row[column]!),
        means,
      ) ?? [],
  );
  return {
    metric,
    order: order.map((index) => strategies[index]!.name),
    kendall_tau: taus.length === 0 ? null : digits(mean(taus)),
    best_candidates: bestCandidates(rows).map((index) => strategies[index]!.name),
  };
}
