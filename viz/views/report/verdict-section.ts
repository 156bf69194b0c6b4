import type { Comparison, Summary } from '../../../sim/report.ts';
import { metricWords } from '../../metric-words.ts';
import { relativeText, VERDICT_SIGNS } from '../compare/verdict.ts';
import type { ReportSection } from './report-section.ts';

/** Every strategy against the baseline: rows are measures, columns are strategies. */
export function verdictSection({ comparisons, baseline }: Summary): ReportSection | null {
  if (comparisons.length === 0) return null;
  const strategies = [...new Set(comparisons.map(({ strategy }) => strategy))];
  const measures = new Map(comparisons.map((one) => [`${one.metric} ${one.during ?? ''}`, one]));
  const find = (of: Comparison, strategy: string): Comparison | undefined =>
    comparisons.find(
      (one) => one.strategy === strategy && one.metric === of.metric && one.during === of.during,
    );
  const isPaired = comparisons.every(({ paired }) => paired !== false);
  const otherwise =
    '"No difference shown" is not "equal". Compare, "vs", sets two others side by side.';
  return {
    id: 'verdicts',
    title: `Against ${baseline.slice(0, 60)}`,
    note: `Relative differences with 95 % intervals, ${
      isPaired ? 'paired by replication' : 'of independent runs'
    }; verdicts hold for all of them together (Holm). ${otherwise}`,
    table: {
      caption: `Against ${baseline}`,
      columns: [
        { title: 'metric' },
        { title: 'during' },
        ...strategies.map((title) => ({ title })),
      ],
      rows: [...measures.values()].map((of) => ({
        cells: [
          metricWords(of.metric),
          of.during ?? 'whole run',
          ...strategies.map((strategy) => verdictText(find(of, strategy))),
        ],
      })),
    },
  };
}

function verdictText(comparison: Comparison | undefined): string {
  if (comparison === undefined) return '–';
  const { verdict } = comparison;
  return `${VERDICT_SIGNS[verdict]} ${verdict}\n${relativeText(comparison)}`;
}

/** Strategies by metric, best first, and which of them may be the best. */
export function rankingSection({ rankings }: Summary): ReportSection | null {
  if (rankings.length === 0) return null;
  return {
    id: 'rankings',
    title: 'Order',
    note: 'Best first. Kendall’s τ: how far the replications agree with the order; 1 = all do.',
    table: {
      caption: 'Order of the strategies',
      columns: [
        { title: 'metric' },
        { title: 'order' },
        { title: 'may be the best' },
        { title: 'Kendall’s τ', isFigure: true },
      ],
      rows: rankings.map(({ metric, order, best_candidates: best, kendall_tau: tau }) => ({
        cells: [metricWords(metric), order.join(' › '), best.join(', '), tau],
      })),
    },
  };
}
