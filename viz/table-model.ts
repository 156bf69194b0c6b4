import { csvFormatRows } from 'd3-dsv';

/** Cells as values: what text they get is the column's business, exports write them in full. */
export type CellValue = string | number | null;

export interface TableColumn {
  readonly title: string;
  /** How a value reads; absent = as it is. */
  readonly format?: (value: number | null) => string;
  /** Figures stand right-aligned. */
  readonly isFigure?: boolean;
}

export interface TableRow {
  readonly cells: readonly CellValue[];
  /** `pop/fra`: a click selects it. */
  readonly path?: string;
}

/** What a view shows, as a table. Names come from files: never markup. */
export interface TableModel {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export function cellText(column: TableColumn, value: CellValue): string {
  if (typeof value === 'string') return value;
  if (column.format !== undefined) return column.format(value);
  return value === null ? '–' : String(value);
}

export function tableToCsv({ columns, rows }: TableModel): string {
  const header = columns.map(({ title }) => title);
  const body = rows.map(({ cells }) => cells.map((cell) => (cell === null ? '' : String(cell))));
  return `${csvFormatRows([header, ...body])}\n`;
}

export function tableToJson({ caption, columns, rows }: TableModel): string {
  const objects = rows.map(({ cells }) =>
    Object.fromEntries(columns.map(({ title }, i) => [title, finiteOrNull(cells[i] ?? null)])),
  );
  return `${JSON.stringify({ caption, rows: objects }, null, 2)}\n`;
}

export function tableToMarkdown(table: TableModel): string {
  const { columns, rows } = table;
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    `|${columns.map(({ isFigure }) => (isFigure ? '---:' : '---')).join('|')}|`,
    ...rows.map(({ cells }) =>
      line(columns.map((column, i) => cellText(column, cells[i] ?? null))),
    ),
    '',
  ].join('\n');
}

const escapeCell = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/[\r\n]+/g, ' ');

const finiteOrNull = (value: CellValue): CellValue =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;
