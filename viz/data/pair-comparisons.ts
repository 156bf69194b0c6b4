import type { Comparison } from '../../sim/report.ts';
import type { Store } from '../store.ts';

/** What is known of two strategies, replication by replication. */
export interface PairComparisons {
  readonly list: readonly Comparison[];
  /** All that one correction was made for: every strategy against this baseline. */
  readonly familySize: number;
  /** Whether it is against another strategy than the baseline of the report. */
  readonly isOther: boolean;
  /** Whether there may be some in a moment. */
  readonly isLoading: boolean;
}

const isOf = (strategy: string, baseline: string | null) => (one: Comparison) =>
  one.strategy === strategy && one.baseline === baseline;

/**
 * Those of the report where one of the two is its baseline, whichever; else those against `versus`.
 * Reads signals.
 */
export function pairComparisons(store: Store): PairComparisons {
  const { summary } = store.report.value;
  const [strategy, versus] = [store.strategy.value, store.versus.value];
  if (versus === null || [strategy, versus].includes(summary.baseline)) {
    const other = strategy === summary.baseline ? (versus ?? '') : strategy;
    const list = summary.comparisons.filter(isOf(other, summary.baseline));
    return { list, familySize: summary.comparisons.length, isOther: false, isLoading: false };
  }
  const known = store.otherComparisons.value.get(versus);
  return {
    list: known?.filter(isOf(strategy, versus)) ?? [],
    familySize: known?.length ?? 0,
    isOther: true,
    isLoading: known === undefined,
  };
}
