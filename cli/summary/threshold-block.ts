import type { Summary, ThresholdOutcome, ThresholdResult } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine, shorten } from '../terminal/escape.ts';
import { formatDifference, formatInterval, unitOfLimit } from '../terminal/numbers.ts';
import { formatTable } from '../terminal/table.ts';

const MARKS: Readonly<Record<ThresholdOutcome, string>> = {
  pass: '✓',
  fail: '✗',
  'no data': '✗',
  inconclusive: '?',
};

/** Outcomes from best to worst: a row shows the worst of those it lists. */
const SEVERITY: readonly ThresholdOutcome[] = ['pass', 'inconclusive', 'no data', 'fail'];

/** A cell of 25 columns holds `118 ±17  ? straddles the limit` shortened; the text takes 60. */
const COLUMNS_PER_STRATEGY = 18;
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
  const room = Math.max(2, Math.floor((shape.width - COLUMNS_FOR_TEXT) / COLUMNS_PER_STRATEGY));
  const shown = shape.full ? all : all.slice(0, room);
  const find = (text: string, strategy: string): ThresholdResult | undefined =>
    summary.thresholds.find((entry) => entry.text === text && entry.strategy === strategy);

  const rows = texts.map((text) => {
    const results = shown.map((strategy) => find(text, strategy));
    const worst = worstOf(results.flatMap((result) => (result ? [result.result] : [])));
    const cells = results.map((result) => cell(result, worst !== 'pass', summary, shape.palette));
    return [`${mark(worst, shape.palette)} ${shorten(escapeLine(text), COLUMNS_FOR_TEXT)}`, ...cells];
  });
  const headings = ['THRESHOLDS', ...shown.map(escapeLine)].map((heading) => ({
    heading: shape.palette.strong(heading),
  }));
  const evaluated = texts.filter((text) => all.some((strategy) => find(text, strategy)));
  const rest = all.length > shown.length ? ' · other strategies: --full' : '';
  return [
    formatTable(headings, rows).replace(/^ /, ''),
    ` ${evaluated.length} of ${texts.length} thresholds evaluated${rest}`,
  ].join('\n');
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
  const relative = result.text.includes('no worse than');
  if (result.value === null && relative && result.strategy === summary.baseline) return 'baseline';
  const limit = { ...unitOfLimit(limitOf(result.text)), symbol: '' };
  const value =
    result.value === null
      ? result.result === 'no data' ? 'no data' : 'n/a'
      : relative
        ? formatDifference(result.value)
        : formatInterval(result.value, limit);
  const entity = result.entity === undefined ? '' : ` ${escapeLine(result.entity)}`;
  const reason = result.reason === undefined ? '' : ` ${palette.faint(escapeLine(result.reason))}`;
  return `${value}${entity}${marked ? ` ${mark(result.result, palette)}${reason}` : ''}`;
}

/** What stands after the comparison sign, without the words that may follow it. */
function limitOf(text: string): string {
  const parts = /(?:<=|>=|<|>|==)\s*(\S+)[^<>]*$/.exec(text);
  return parts?.[1] ?? '';
}
