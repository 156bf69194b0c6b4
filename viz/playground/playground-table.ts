import { metricWords } from '../metric-words.ts';
import type { TableModel } from '../table-model.ts';
import type { Dashboard } from '../view.ts';
import { PLAYGROUND_METRICS } from './playground-panel.ts';
import type { Playground } from './playground-state.ts';

/** Every metric of the run in the page, as it was and as it is now. */
export function playgroundTable({ store }: Dashboard, playground: Playground | null): TableModel {
  const original = playground?.original.value ?? null;
  const strategy = original?.strategy ?? store.strategy.value;
  const before = original?.answer.metrics ?? {};
  const after = playground?.edited.value?.answer.metrics ?? {};
  const keys = [...new Set([...PLAYGROUND_METRICS, ...Object.keys(before)])];
  return {
    caption: `Playground: one replication of ${strategy}, SI units`,
    columns: [
      { title: 'metric' },
      { title: 'key' },
      { title: 'as it was', isFigure: true },
      { title: 'now', isFigure: true },
    ],
    rows: keys.map((key) => ({
      cells: [metricWords(key), key, before[key] ?? null, after[key] ?? null],
    })),
  };
}
