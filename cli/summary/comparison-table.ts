import { csvFormatRows } from 'd3-dsv';
import type { Comparison } from '../../scenarios/index.ts';
import { escapeLine } from '../terminal/escape.ts';

const HEADINGS = [
  'strategy',
  'baseline',
  'metric',
  'during',
  'relative_difference',
  'relative_low',
  'relative_high',
  'difference',
  'difference_low',
  'difference_high',
  'p_adjusted',
  'better_in',
  'replications',
  'verdict',
];

/** Every comparison as one line of CSV or of a Markdown table; base units, full precision. */
export function comparisonTable(comparisons: readonly Comparison[], format: 'csv' | 'md'): string {
  const rows = comparisons.map(cells);
  if (format === 'csv') return csvFormatRows([HEADINGS, ...rows]);
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => escapeLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map(line)].join('\n');
}

function cells(entry: Comparison): string[] {
  const { relative_difference: relative, difference } = entry;
  const values = [
    relative?.mean,
    relative?.low,
    relative?.high,
    difference?.mean,
    difference?.low,
    difference?.high,
    entry.p_adjusted,
    entry.better_in,
    (relative ?? difference)?.replications,
  ];
  return [
    entry.strategy,
    entry.baseline,
    entry.metric,
    entry.during ?? '',
    ...values.map((value) => (value === undefined || value === null ? '' : String(value))),
    entry.verdict,
  ];
}
