import { stripVTControlCharacters } from 'node:util';
import { formatTable } from '../../terminal/table.ts';

/** A table that may be wider than the screen: names down the left, figures right of them. */
export interface WideTable {
  /** Stands over the names. */
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** Blanks between columns, as `formatTable` puts them. */
const GAP = 2;

/**
 * The table in as many parts as `width` asks for, one below the other; each repeats the names and
 * has as many columns as fit, at least one. Texts must be escaped already.
 */
export function wideTable({ title, headings, rows }: WideTable, width: number): string {
  const nameWidth = widest([title, ...rows.map(({ name }) => ` ${name}`)]);
  const widths = headings.map((heading, column) =>
    widest([heading, ...rows.map(({ cells }) => cells[column] ?? '')]),
  );
  const parts: string[] = [];
  for (let from = 0; from < headings.length;) {
    let to = from + 1;
    let used = nameWidth + GAP + widths[from]!;
    while (to < headings.length && used + GAP + widths[to]! <= width) used += GAP + widths[to++]!;
    parts.push(
      formatTable(
        [{ heading: title }, ...headings.slice(from, to).map(rightAligned)],
        rows.map(({ name, cells }) => [` ${name}`, ...cells.slice(from, to)]),
      ),
    );
    from = to;
  }
  return parts.join('\n\n');
}

function rightAligned(heading: string): { heading: string; align: 'right' } {
  return { heading, align: 'right' };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

function displayWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
