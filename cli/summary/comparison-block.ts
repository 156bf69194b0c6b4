import type { Comparison, Summary } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine } from '../terminal/escape.ts';
import { formatDifference, formatInterval, unitOf } from '../terminal/numbers.ts';
import { fitColumns, formatTable } from '../terminal/table.ts';
import { isRatio, metricLabel } from './metric-label.ts';

/** What a reader looks at first; a quantile stands for the tail, availability for failures. */
const AVAILABILITY = 'availability';
const HEADLINES = ['latency_p95_s', AVAILABILITY, 'latency_mean_s', 'rtt_mean_s', 'hit_ratio'];

/** What a summary, or several results side by side, have to say about strategies. */
export type Compared = Pick<Summary, 'baseline' | 'comparisons' | 'rankings'>;

interface Measure {
  readonly metric: string;
  readonly during: string | undefined;
  /** Stands right of the same metric of the whole run. */
  readonly followsItsMetric?: boolean;
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
        differenceCell(
          entries.find((one) => same(one, measure)),
          shape.full,
        ),
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
    `${shape.palette.strong('COMPARISON')}  ${pairingOf(summary.comparisons)}, ` +
    `Holm-corrected, 95 %, baseline ${escapeLine(summary.baseline)}`;
  const table = shape.full
    ? build(measures.length)
    : fitColumns(build, Math.min(4, measures.length), 1, shape.width);
  return [title, table, ...rankingLines(summary, shape)].join('\n');
}

/**
 * Distinct measures: the whole run's headlines, the window in which strategies differ most beside
 * its metric, then the rest, by how much they differ.
 */
function measuresOf(comparisons: readonly Comparison[]): Measure[] {
  const measures: Measure[] = [];
  for (const { metric, during } of comparisons) {
    if (!measures.some((known) => known.metric === metric && known.during === during)) {
      measures.push({ metric, during });
    }
  }
  const telling = mostTellingWindow(measures, comparisons);
  const rank = (measure: Measure): number => {
    const headline = HEADLINES.indexOf(measure.metric);
    const place = headline < 0 ? HEADLINES.length : headline;
    if (measure === telling) return place + 0.5;
    return measure.during === undefined ? place : place + HEADLINES.length + 1;
  };
  return measures
    .sort((a, b) => rank(a) - rank(b) || effectOf(b, comparisons) - effectOf(a, comparisons))
    .map((measure) => (measure === telling ? { ...measure, followsItsMetric: true } : measure));
}

/** Availability's window if failures differ in one, as who failed has no latency; else p95's. */
function mostTellingWindow(
  measures: readonly Measure[],
  comparisons: readonly Comparison[],
): Measure | undefined {
  const windows = (metric: string): Measure[] =>
    measures
      .filter((one) => one.metric === metric && one.during !== undefined)
      .sort((a, b) => effectOf(b, comparisons) - effectOf(a, comparisons));
  const [failures] = windows(AVAILABILITY);
  const [tail] = windows(HEADLINES[0]!);
  return failures !== undefined && effectOf(failures, comparisons) > 0 ? failures : tail;
}

/** The largest difference that is shown to be one: points of a ratio, else relative. */
function effectOf(measure: Measure, comparisons: readonly Comparison[]): number {
  const sizes = comparisons
    .filter((entry) => same(entry, measure) && isShown(entry))
    .map((entry) => {
      const points = isRatio(entry.metric) ? entry.difference : entry.relative_difference;
      return Math.abs(points?.mean ?? 0);
    });
  return Math.max(0, ...sizes);
}

function isShown({ verdict }: Comparison): boolean {
  return verdict === 'better' || verdict === 'worse';
}

function pairingOf(comparisons: readonly Comparison[]): string {
  const apart = comparisons.filter(({ paired }) => paired === false).length;
  if (apart === 0) return 'paired, common random numbers';
  return apart === comparisons.length
    ? 'independent runs (Welch)'
    : 'paired where seeds are shared';
}

function same(entry: Comparison, measure: Measure): boolean {
  return entry.metric === measure.metric && entry.during === measure.during;
}

function heading({ metric, during, followsItsMetric }: Measure): string {
  const label = metricLabel(metric);
  if (during === undefined) return label;
  const window = `during ${escapeLine(during)}`;
  return followsItsMetric === true ? window : `${label} ${window}`;
}

/** Points of a ratio go without their interval where room is scarce; the verdict has used it. */
function differenceCell(entry: Comparison | undefined, full: boolean): string {
  if (entry === undefined) return 'n/a';
  const text = comparedDifference(entry);
  return full || !text.includes(' pp [') ? text : text.replace(/ \[.*$/, '');
}

/** A difference with its interval: points of a ratio, else relative, else in the metric's unit. */
export function comparedDifference(entry: Comparison): string {
  if (isRatio(entry.metric) && entry.difference !== null) {
    return formatDifference(entry.difference, 'pp');
  }
  if (entry.relative_difference !== null) return formatDifference(entry.relative_difference);
  if (entry.difference === null) return 'no data';
  return formatInterval(entry.difference, unitOf(entry.metric, entry.difference.mean));
}

/**
 * The word for the strategy: availability's where it differs, as a strategy that fails requests has
 * fewer slow ones to show; else that of the first measure. Then where it does worse than that word.
 */
function verdictOver(entries: readonly Comparison[], shown: readonly Measure[]): string {
  const [first] = shown;
  const whole = entries.filter((entry) => entry.during === undefined);
  const failures = whole.find((entry) => entry.metric === AVAILABILITY);
  const main =
    failures !== undefined && isShown(failures)
      ? failures
      : entries.find((entry) => first !== undefined && same(entry, first));
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
  const failuresDiffer = summary.comparisons.some(
    (entry) => entry.metric === AVAILABILITY && entry.during === undefined && isShown(entry),
  );
  const first =
    summary.rankings.find(({ metric }) => failuresDiffer && metric === AVAILABILITY) ??
    summary.rankings[0];
  const rankings = shape.full ? summary.rankings : first === undefined ? [] : [first];
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
