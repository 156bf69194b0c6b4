import { shorten } from '../../controls/table-twin.ts';
import { pairComparisons } from '../../data/pair-comparisons.ts';
import { formatChange, formatCount } from '../../formats.ts';
import { metricWords } from '../../metric-words.ts';
import type { TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { VERDICT_SIGNS } from './verdict.ts';

/** What the replications say of the two strategies. */
export function compareTable({ store }: Dashboard): TableModel {
  const { strategy, versus } = store;
  const comparisons = pairComparisons(store).list;
  const [first] = comparisons;
  const who =
    first === undefined
      ? `${short(strategy.value)} and ${short(versus.value ?? 'nothing')}: no comparison`
      : `${short(first.strategy)} against the baseline ${short(first.baseline)}`;
  return {
    caption: who,
    columns: [
      { title: 'metric' },
      { title: 'during' },
      { title: 'verdict' },
      { title: 'relative difference', format: formatChange, isFigure: true },
      { title: 'low', format: formatChange, isFigure: true },
      { title: 'high', format: formatChange, isFigure: true },
      { title: 'p, Holm', format: formatP, isFigure: true },
      { title: 'better in', format: formatCount, isFigure: true },
      { title: 'replications', format: formatCount, isFigure: true },
      { title: 'variance reduction', format: formatCount, isFigure: true },
    ],
    rows: comparisons.map((one) => {
      const relative = one.relative_difference;
      return {
        cells: [
          metricWords(one.metric),
          one.during ?? 'whole run',
          `${VERDICT_SIGNS[one.verdict]} ${one.verdict}`,
          relative?.mean ?? null,
          relative?.low ?? null,
          relative?.high ?? null,
          one.p_adjusted,
          one.better_in,
          (relative ?? one.difference)?.replications ?? null,
          one.variance_reduction,
        ],
      };
    }),
  };
}

const short = (name: string): string => shorten(name, 60);

/** `< 0.001` below what anybody reads. */
export function formatP(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}
