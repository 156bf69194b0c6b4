import type { MetricValues } from '../run-result.ts';
import type { WorldSpec } from '../world.ts';
import type { Collectors } from './collectors.ts';
import { ratio } from './request-metrics.ts';

/** Cost and staleness of balancers' tables; null where building them costs nothing. */
export function tableMetrics(
  { world, collectors }: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  if (world.balancer.around?.rebuild === undefined) {
    return {
      table_builds: null,
      builder_busy_ratio: null,
      table_lag_mean_s: null,
      table_lag_max_s: null,
      stale_picks: null,
    };
  }
  const { tables } = collectors;
  tables.settle();
  const balancerCount = world.pops.reduce((sum, pop) => sum + pop.balancerCount, 0);
  const balancerNs = collectors.segments.lengthNs(segments) * balancerCount;
  const sum = (column: Float64Array): number =>
    segments.reduce((total, segment) => total + column[segment]!, 0);
  const lagNs = ratio(sum(tables.lagArea), balancerNs);
  const lagNsMax = segments.reduce((max, segment) => Math.max(max, tables.lagNsMax[segment]!), 0);
  return {
    table_builds: sum(tables.buildCount),
    builder_busy_ratio: ratio(sum(tables.busyNs), balancerNs),
    table_lag_mean_s: lagNs === null ? null : lagNs / 1e9,
    table_lag_max_s: lagNsMax / 1e9,
    stale_picks: sum(tables.stalePickCount),
  };
}
