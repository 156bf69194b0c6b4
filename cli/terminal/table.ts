import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

/** A heading or a cell; numbers are usually right-aligned by their column. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** No rules and two blanks between columns: what `cli-table3` draws when told to draw nothing. */
const NOTHING = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * Rows under headings, aligned by display width (colours and wide characters counted right).
 * Cells must already be escaped. Lines have no trailing blanks.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    chars: NOTHING,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  if (columns.some((column) => column.heading !== '')) {
    table.push(columns.map((column) => column.heading));
  }
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The text of `build(n)` for the largest n in [least, most] whose lines fit into `width`. */
export function fitColumns(
  build: (count: number) => string,
  most: number,
  least: number,
  width: number,
): string {
  for (let count = most; count > least; count--) {
    const text = build(count);
    if (text.split('\n').every((line) => [...stripVTControlCharacters(line)].length <= width))
      return text;
  }
  return build(Math.min(least, most));
}
