import type { Estimate } from '../../../sim/report.ts';
import type { CellValue, TableModel, TableRow } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';

/** Every figure of the report in one long table: thresholds, comparisons, metrics. SI units. */
export function reportTable({ store }: Dashboard): TableModel {
  const { summary } = store.report.value;
  const thresholds = summary.thresholds.map(({ text, strategy, value, result }) =>
    rowOf('threshold', text, strategy, value, result),
  );
  const comparisons = summary.comparisons.map((one) => {
    const name = one.during === undefined ? one.metric : `${one.metric} during ${one.during}`;
    return rowOf('relative difference', name, one.strategy, one.relative_difference, one.verdict);
  });
  const metrics = Object.entries(summary.strategies).flatMap(([strategy, { metrics: all }]) =>
    Object.entries(all).map(([key, value]) => rowOf('metric', key, strategy, value, null)),
  );
  const figure = { format: plain, isFigure: true };
  return {
    caption: `Report of ${summary.scenario.name}`,
    columns: [
      { title: 'what' },
      { title: 'name' },
      { title: 'strategy' },
      { title: 'mean', ...figure },
      { title: 'low', ...figure },
      { title: 'high', ...figure },
      { title: 'replications', ...figure },
      { title: 'outcome' },
    ],
    rows: [...thresholds, ...comparisons, ...metrics],
  };
}

function rowOf(
  what: string,
  name: string,
  strategy: string,
  estimate: Estimate | null,
  outcome: CellValue,
): TableRow {
  const { mean = null, low = null, high = null, replications = null } = estimate ?? {};
  return { cells: [what, name, strategy, mean, low, high, replications, outcome] };
}

const plain = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(6)));
