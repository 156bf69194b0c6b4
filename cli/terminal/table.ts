import Table from 'cli-table3';

/** A heading or a cell; numbers are usually right-aligned by their column. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** No rules, two blanks between columns, one before the first: as `cli-table3` draws nothing. */
const NOTHING = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: ' ', 'left-mid': '', mid: '', 'mid-mid': '',
  right: '', 'right-mid': '', middle: '  ',
};

/**
 * Rows under headings, aligned by display width (colours and wide characters counted right).
 * Cells must already be escaped. Lines have no trailing blanks.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
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
