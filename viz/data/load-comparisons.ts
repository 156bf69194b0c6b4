import { effect } from '@preact/signals-core';
import type { Comparison } from '../../sim/report.ts';
import type { Store } from '../store.ts';
import type { DataSource } from './data-source.ts';

const FORMAT = 1;

export interface FollowedComparisons {
  /** Looks again for those that were not there: a run that goes on has none. */
  reload(): void;
}

/** Keeps `store.otherComparisons` up with what the strategy is compared with. */
export function followComparisons(store: Store, source: DataSource): FollowedComparisons {
  const asked = new Set<string>();
  const put = (baseline: string, comparisons: readonly Comparison[] | null): void => {
    const others = store.otherComparisons.peek();
    store.otherComparisons.value = new Map([...others, [baseline, comparisons]]);
  };
  const load = async (baseline: string): Promise<void> => {
    const id = `comparisons-${store.report.peek().strategies.indexOf(baseline)}`;
    try {
      const has = (await source.ids()).has(id);
      put(baseline, has ? comparisonsIn(await source.json(id), baseline) : null);
    } catch (error) {
      const report = store.report.peek();
      const why = error instanceof Error ? error.message : String(error);
      store.report.value = { ...report, problems: [...report.problems, `${id}: ${why}`] };
      put(baseline, null);
    }
  };
  effect(() => {
    const [strategy, versus] = [store.strategy.value, store.versus.value];
    const { baseline } = store.report.value.summary;
    if (versus === null || [strategy, versus].includes(baseline) || asked.has(versus)) return;
    asked.add(versus);
    void load(versus);
  });
  return {
    reload: () => {
      for (const [baseline, known] of store.otherComparisons.peek()) {
        if (known === null) void load(baseline);
      }
    },
  };
}

function comparisonsIn(piece: unknown, baseline: string): readonly Comparison[] {
  const found = piece as { format?: unknown; baseline?: unknown; comparisons?: unknown } | null;
  if (found?.format !== FORMAT || found.baseline !== baseline)
    throw new Error('not of this report');
  return found.comparisons as readonly Comparison[];
}
