import type { Comparison, Summary } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine } from '../terminal/escape.ts';
import { formatDifference, formatInterval, unitOf } from '../terminal/numbers.ts';
import { fitColumns, formatTable } from '../terminal/table.ts';
import { isRatio, metricLabel } from './metric-label.ts';

/** What a reader looks at first; a quantile stands for the tail, availability for failures. */
const HEADLINES = ['latency_p95_s', 'availability', 'latency_mean_s', 'rtt_mean_s', 'hit_ratio'];

/** What a summary, or several results side by side, have to say about strategies. */
export type Compared = Pick<Summary, 'baseline' | 'comparisons' | 'rankings'>;

interface Measure {
  readonly metric: string;
  readonly during: string | undefined;
}

/**
 * The COMPARISON block: every strategy against the baseline, one column a measure. Null when there
 * is nothing to compare.
 */
export function comparisonBlock(
  summary: Compared,
  shape: { readonly palette: Palette; readonly width: number; readonly full: boolean },
): string | null {
  if (summary.comparisons.length === 0) return null;
  const measures = measuresOf(summary.comparisons);
  const strategies = [...new Set(summary.comparisons.map((entry) => entry.strategy))];
  const build = (count: number): string => {
    const shown = measures.slice(0, count);
    const rows = strategies.map((strategy) => {
      const entries = summary.comparisons.filter((entry) => entry.strategy === strategy);
      const cells = shown.map((measure) =>
        differenceCell(entries.find((one) => same(one, measure))),
      );
      const verdict = paintVerdict(verdictOver(entries, shown), shape.palette);
      return [` ${escapeLine(strategy)}`, ...cells, verdict];
    });
    const columns = [' strategy', ...shown.map(heading), 'verdict'].map((text) => ({
      heading: shape.palette.faint(text),
    }));
    return formatTable(columns, rows);
  };
  const title =
    `${shape.palette.strong('COMPARISON')}  paired, common random numbers, ` +
    `Holm-corrected, 95 %, baseline ${escapeLine(summary.baseline)}`;
  const table = shape.full
    ? build(measures.length)
    : fitColumns(build, Math.min(4, measures.length), 1, shape.width);
  return [title, table, ...rankingLines(summary, shape)].join('\n');
}

/** Distinct measures, headlines first; windows of the first one by how much happens in them. */
function measuresOf(comparisons: readonly Comparison[]): Measure[] {
  const measures: Measure[] = [];
  for (const { metric, during } of comparisons) {
    if (!measures.some((known) => known.metric === metric && known.during === during)) {
      measures.push({ metric, during });
    }
  }
  // Whole-run headlines in their order, the first one's windows right behind it, then the rest.
  const rank = ({ metric, during }: Measure): number => {
    const headline = HEADLINES.indexOf(metric);
    const place = headline < 0 ? HEADLINES.length : headline;
    return during === undefined ? place : headline === 0 ? 0.5 : place + HEADLINES.length + 1;
  };
  const effect = (measure: Measure): number =>
    Math.max(
      ...comparisons
        .filter((entry) => same(entry, measure))
        .map(({ relative_difference: difference }) => Math.abs(difference?.mean ?? 0)),
    );
  return measures.sort((a, b) => rank(a) - rank(b) || effect(b) - effect(a));
}

function same(entry: Comparison, measure: Measure): boolean {
  return entry.metric === measure.metric && entry.during === measure.during;
}

function heading({ metric, during }: Measure): string {
  const label = metricLabel(metric);
  if (during === undefined) return label;
  return metric === HEADLINES[0]
    ? `during ${escapeLine(during)}`
    : `${label} during ${escapeLine(during)}`;
}

function differenceCell(entry: Comparison | undefined): string {
  if (entry === undefined) return 'n/a';
  if (isRatio(entry.metric) && entry.difference !== null) {
    return formatDifference(entry.difference, 'pp');
  }
  if (entry.relative_difference !== null) return formatDifference(entry.relative_difference);
  if (entry.difference === null) return 'no data';
  return formatInterval(entry.difference, unitOf(entry.metric, entry.difference.mean));
}

/** The word for the strategy: that of the first measure, and where it does worse than that. */
function verdictOver(entries: readonly Comparison[], shown: readonly Measure[]): string {
  const [first] = shown;
  const main = entries.find((entry) => first !== undefined && same(entry, first));
  const worse = entries.filter(
    (entry) => entry !== main && entry.verdict === 'worse' && shown.some((one) => same(entry, one)),
  );
  const word = main?.verdict ?? 'inconclusive';
  if (worse.length === 0 || word === 'worse') return word;
  const where = worse.map((entry) =>
    entry.during === undefined
      ? `in ${metricLabel(entry.metric)}`
      : `during ${escapeLine(entry.during)}`,
  );
  const rest = `worse ${[...new Set(where)].join(', ')}`;
  return word === 'better' ? `better; ${rest}` : rest;
}

function paintVerdict(verdict: string, palette: Palette): string {
  if (verdict.includes('worse') && !verdict.startsWith('no worse')) return palette.bad(verdict);
  return verdict === 'better' ? palette.good(verdict) : verdict;
}

function rankingLines(summary: Compared, shape: { readonly full: boolean }): string[] {
  const rankings = shape.full ? summary.rankings : summary.rankings.slice(0, 1);
  return rankings
    .filter((ranking) => ranking.order.length > 1)
    .map((ranking) => {
      const best = ranking.best_candidates.map(escapeLine).join(', ');
      const agreement =
        ranking.kendall_tau === null
          ? ''
          : `; replications agree with the order: Kendall τ ${ranking.kendall_tau.toFixed(2)}`;
      return ` may be the best by ${metricLabel(ranking.metric)}: ${best}${agreement}`;
    });
}
