import type { Estimate, MetricValues, RunResult } from '../../sim/index.ts';
import { METRICS, type EntityKind, type Threshold } from '../schema/threshold.ts';
import { tInterval } from '../statistics/index.ts';
import { estimate, intervalOf, rounded } from './estimate.ts';
import { shareOf } from './metric-scale.ts';
import { entitiesOf, entityName, metricsOf, valueAt, type MetricPath } from './threshold-metric.ts';

/** A threshold's figure over replications. */
export interface Observed {
  readonly value: Estimate | null;
  /** The entity that decided, where there are several. */
  readonly entity: string | null;
  /** All replications' trials of a proportion; null for other metrics. */
  readonly trials: number | null;
}

/** The figure of the threshold's entity and window, with the interval that fits it. */
export function observe(
  written: Threshold,
  path: MetricPath,
  results: readonly RunResult[],
): Observed {
  const threshold = whoseFigure(written);
  if (results.length === 0) return { value: null, entity: null, trials: null };
  if (threshold.of?.kind === 'all') return observeAll(threshold, threshold.of.of, path, results);
  const entity = threshold.of?.ref ?? null;
  const rows = results
    .map((result) => metricsOf(result, threshold, entity))
    .filter((row) => row !== null);
  const shares = rows.flatMap((row) => shareOf(path.key, row) ?? []);
  const trials = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share.trials, 0);
  return { value: estimateAt(threshold, path, rows), entity: null, trials };
}

/** `imbalance(max over servers)` compares all servers and is no figure of each: the world's. */
export function whoseFigure(threshold: Threshold): Threshold {
  const { metric, of } = threshold;
  const isOverServers = metric === 'imbalance' && of?.kind === 'all' && of.of === 'server';
  return isOverServers ? { ...threshold, of: null } : threshold;
}

function estimateAt(
  threshold: Threshold,
  path: MetricPath,
  rows: readonly MetricValues[],
): Estimate | null {
  if (threshold.metric === 'origin_rate') {
    return rounded(tInterval(rows.flatMap((row) => valueAt(path, threshold.metric, row) ?? [])));
  }
  const found = estimate(path.key, rows);
  return path.isComplement ? rounded(complementOf(found)) : found;
}

function complementOf(value: Estimate | null): Estimate | null {
  if (value === null) return null;
  const { mean, low, high, replications } = value;
  return {
    mean: 1 - mean,
    low: high === null ? null : 1 - high,
    high: low === null ? null : 1 - low,
    replications,
  };
}

/**
 * Over several entities: in each replication the largest, smallest or mean of them; without one of
 * these words the worst, so that "p95(latency of pops)" speaks of each POP.
 */
function observeAll(
  threshold: Threshold,
  kind: EntityKind,
  path: MetricPath,
  results: readonly RunResult[],
): Observed {
  const fold = foldOf(threshold);
  const entities = entitiesOf(kind, results[0]!);
  // A row an entity, a column a replication.
  const table = entities.map((entity) =>
    results.map((result) => {
      const values = metricsOf(result, threshold, entity);
      return values === null ? null : valueAt(path, threshold.metric, values);
    }),
  );
  const folded = results.flatMap((_, column) => {
    const known = table.map((row) => row[column]!).filter((value) => value !== null);
    return known.length === 0 ? [] : [folds[fold](known)];
  });
  const value = intervalOf(path.key, folded);
  if (fold === 'mean' || value === null) return { value, entity: null, trials: null };
  const means = table.map((row) => {
    const known = row.filter((cell) => cell !== null);
    return known.length === 0 ? null : folds.mean(known);
  });
  const extreme = folds[fold](means.filter((cell) => cell !== null));
  return { value, entity: entityName(entities[means.indexOf(extreme)]!), trials: null };
}

const folds = {
  min: (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b)),
  max: (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b)),
  mean: (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length,
};

function foldOf({ metric, aggregate }: Threshold): keyof typeof folds {
  const { sampled, more } = METRICS[metric];
  const word = sampled ? null : aggregate?.kind;
  if (word === 'min' || word === 'mean' || word === 'max') return word;
  return more === 'better' ? 'min' : 'max';
}
