import type { Summary, ThresholdOutcome, ThresholdResult } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine, shorten } from '../terminal/escape.ts';
import { formatDifference, formatInterval, unitOfLimit } from '../terminal/numbers.ts';
import { fitColumns, formatTable } from '../terminal/table.ts';

const MARKS: Readonly<Record<ThresholdOutcome, string>> = {
  pass: '✓',
  fail: '✗',
  'no data': '✗',
  inconclusive: '?',
};

/** Outcomes from best to worst: a row shows the worst of those it lists. */
const SEVERITY: readonly ThresholdOutcome[] = ['pass', 'inconclusive', 'no data', 'fail'];

/** Longer sentences are cut: with it, two strategies still fit into 100 columns. */
const COLUMNS_FOR_TEXT = 64;

/**
 * The THRESHOLDS block: one row a threshold, one column a strategy (the gate first), and how many
 * of the file's thresholds were evaluated. Null when the scenario has none.
 */
export function thresholdBlock(
  summary: Summary,
  shape: { readonly palette: Palette; readonly width: number; readonly full: boolean },
): string | null {
  const texts = [...new Set(summary.thresholds.map((threshold) => threshold.text))];
  if (texts.length === 0) return null;
  const all = strategiesGateFirst(summary);
  const find = (text: string, strategy: string): ThresholdResult | undefined =>
    summary.thresholds.find((entry) => entry.text === text && entry.strategy === strategy);
  const evaluated = texts.filter((text) => all.some((strategy) => find(text, strategy)));

  const build = (count: number): string => {
    const shown = all.slice(0, count);
    const rows = texts.map((text) => {
      const results = shown.map((strategy) => find(text, strategy));
      const worst = worstOf(results.flatMap((result) => (result ? [result.result] : [])));
      const cells = results.map((result) => cell(result, worst !== 'pass', summary, shape.palette));
      const sentence = shorten(escapeLine(text), COLUMNS_FOR_TEXT);
      return [` ${mark(worst, shape.palette)} ${sentence}`, ...cells];
    });
    const headings = ['THRESHOLDS', ...shown.map(escapeLine)].map((heading) => ({
      heading: shape.palette.strong(heading),
    }));
    const rest = all.length > count ? ' · other strategies: --full' : '';
    const tally = ` ${evaluated.length} of ${texts.length} thresholds evaluated${rest}`;
    return `${formatTable(headings, rows)}\n${tally}`;
  };
  return shape.full ? build(all.length) : fitColumns(build, all.length, 1, shape.width);
}

function strategiesGateFirst(summary: Summary): string[] {
  return [...new Set([...summary.gate, ...Object.keys(summary.strategies)])];
}

function worstOf(outcomes: readonly ThresholdOutcome[]): ThresholdOutcome {
  return SEVERITY[Math.max(0, ...outcomes.map((outcome) => SEVERITY.indexOf(outcome)))]!;
}

function mark(outcome: ThresholdOutcome, palette: Palette): string {
  const paint =
    outcome === 'pass' ? palette.good : outcome === 'inconclusive' ? palette.unsure : palette.bad;
  return paint(MARKS[outcome]);
}

function cell(
  result: ThresholdResult | undefined,
  marked: boolean,
  summary: Summary,
  palette: Palette,
): string {
  if (result === undefined) return 'n/a';
  const value = thresholdValue(result, summary);
  if (value === BASELINE || !marked) return value;
  const reason = result.reason === undefined ? '' : ` ${palette.faint(escapeLine(result.reason))}`;
  return `${value} ${mark(result.result, palette)}${reason}`;
}

const BASELINE = 'baseline';

/** The figure in the unit of its limit, which it leaves out, and the entity that decided. */
export function thresholdValue(result: ThresholdResult, summary: Summary): string {
  const relative = result.text.includes('no worse than');
  if (relative && result.strategy === summary.baseline) return BASELINE;
  const entity = result.entity === undefined ? '' : ` ${escapeLine(result.entity)}`;
  if (result.value === null) return result.result === 'no data' ? 'no data' : 'n/a';
  if (relative) return formatDifference(result.value) + entity;
  return (
    formatInterval(result.value, { ...unitOfLimit(limitOf(result.text)), symbol: '' }) + entity
  );
}

/** What stands after the comparison sign, without the words that may follow it. */
function limitOf(text: string): string {
  const parts = /(?:<=|>=|<|>|==)\s*(\S+)[^<>]*$/.exec(text);
  return parts?.[1] ?? '';
}
