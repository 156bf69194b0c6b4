import type { Comparison, RunResult } from '../../sim/index.ts';
import {
  holm,
  pairedDifference,
  verdictOf,
  welchDifference,
  type PairedDifference,
} from '../statistics/index.ts';
import { digits, rounded, valueOf } from './estimate.ts';
import { betterIs } from './metric-scale.ts';

export interface StrategyResults {
  readonly name: string;
  readonly results: readonly RunResult[];
  /** Root seed of the replications: strategies with the same one are compared pair by pair. */
  readonly seed?: string;
}

export interface ComparisonInput {
  readonly strategies: readonly StrategyResults[];
  readonly baseline: string;
  readonly metrics: readonly string[];
  /** Names of the events during which the metrics are compared as well. */
  readonly events: readonly string[];
  /** From "no worse than" thresholds: by metric, the allowed relative difference. */
  readonly margins: ReadonlyMap<string, number>;
}

/** Values of two strategies: of the same replications in the same order where `isPaired`. */
interface Pairs {
  readonly isPaired: boolean;
  readonly metric: string;
  readonly during: string | null;
  readonly strategy: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/**
 * Every strategy against the baseline by every metric, in the whole run and during each named
 * event, paired by replication where they share random numbers, and corrected (Holm) for all of
 * them together.
 */
export function compareWithBaseline(input: ComparisonInput): Comparison[] {
  const baseline = input.strategies.find(({ name }) => name === input.baseline);
  if (baseline === undefined) return [];
  const others = input.strategies.filter((strategy) => strategy !== baseline);
  const windows = [null, ...input.events];
  const all = others.flatMap((strategy) =>
    windows.flatMap((during) =>
      input.metrics.flatMap((metric) => pairsOf(strategy, baseline, metric, during) ?? []),
    ),
  );
  const tested = all.map((pairs) => ({ pairs, ...test(pairs) }));
  const testable = tested.filter(({ pValue }) => pValue !== null);
  const adjusted = holm(testable.map(({ pValue }) => pValue!));
  return tested.map((entry) => {
    const index = testable.indexOf(entry);
    return comparisonOf(entry, index < 0 ? null : adjusted[index]!, input);
  });
}

/** Values of both strategies, if paired in the replications that both have; null without any. */
function pairsOf(
  strategy: StrategyResults,
  baseline: StrategyResults,
  metric: string,
  during: string | null,
): Pairs | null {
  const reference = valuesByReplication(baseline, metric, during);
  const own = valuesByReplication(strategy, metric, during);
  const shared = { metric, during, strategy: strategy.name };
  if (strategy.seed !== baseline.seed) {
    if (own.size === 0 || reference.size === 0) return null;
    return { ...shared, isPaired: false, ours: [...own.values()], theirs: [...reference.values()] };
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const [replication, value] of own) {
    const other = reference.get(replication);
    if (other === undefined) continue;
    ours.push(value);
    theirs.push(other);
  }
  return ours.length === 0 ? null : { ...shared, isPaired: true, ours, theirs };
}

export function valuesByReplication(
  { results }: StrategyResults,
  metric: string,
  during: string | null,
): Map<number, number> {
  return new Map(
    results.flatMap((result) => {
      const values = during === null ? result.metrics : result.windows[during];
      const value = values === undefined ? null : valueOf(metric, values);
      return value === null ? [] : [[result.replication, value] as const];
    }),
  );
}

interface Tested {
  readonly relative: PairedDifference | null;
  readonly absolute: PairedDifference;
  readonly pValue: number | null;
}

function test({ metric, during, strategy, ours, theirs, isPaired }: Pairs): Tested {
  if (!isPaired) {
    const absolute = welchDifference(ours, theirs, 'difference')!;
    const relative = welchDifference(ours, theirs, 'ratio');
    return { relative, absolute, pValue: (relative ?? absolute).pValue };
  }
  const seed = `bca ${strategy} ${metric} ${during ?? ''}`;
  const absolute = pairedDifference(ours, theirs, 'difference', seed)!;
  const relative = pairedDifference(ours, theirs, 'ratio', seed);
  return { relative, absolute, pValue: (relative ?? absolute).pValue };
}

function comparisonOf(
  { pairs, relative, absolute }: Tested & { pairs: Pairs },
  pAdjusted: number | null,
  input: ComparisonInput,
): Comparison {
  const direction = betterIs(pairs.metric);
  const verdict = verdictOf({
    difference: (relative ?? absolute).estimate,
    pAdjusted,
    betterIs: direction,
    margin: relative === null ? null : (input.margins.get(pairs.metric) ?? null),
  });
  const reduction = (relative ?? absolute).varianceReduction;
  const betterIn = pairs.ours.filter((value, index) =>
    direction === 'lower' ? value < pairs.theirs[index]! : value > pairs.theirs[index]!,
  ).length;
  return {
    metric: pairs.metric,
    ...(pairs.during === null ? {} : { during: pairs.during }),
    strategy: pairs.strategy,
    baseline: input.baseline,
    relative_difference: relative === null ? null : rounded(relative.estimate),
    difference: rounded(absolute.estimate),
    p_adjusted: pAdjusted === null ? null : digits(pAdjusted),
    verdict,
    better_in: betterIn,
    ...(pairs.isPaired ? {} : { paired: false as const }),
    variance_reduction: reduction === null ? null : digits(reduction),
  };
}
