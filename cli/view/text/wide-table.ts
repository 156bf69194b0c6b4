import { stripVTControlCharacters } from 'node:util';
import { formatTable } from '../../terminal/table.ts';

/** A table that may be wider than the screen: names down the left, figures right of them. */
export interface WideTable {
  /** Stands over the names. */
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/**
 * The table in as many parts as `width` asks for, one below the other; each repeats the names and
 * has as many columns as fit, at least one. Texts must be escaped already.
 */
export function wideTable({ title, headings, rows }: WideTable, width: number): string {
  const parts: string[] = [];
  for (let from = 0; from < headings.length;) {
    let to = headings.length;
    let text = build(from, to);
    while (to > from + 1 && !fits(text, width)) text = build(from, --to);
    parts.push(text);
    from = to;
  }
  return parts.join('\n\n');

  function build(from: number, to: number): string {
    return formatTable(
      [{ heading: title }, ...headings.slice(from, to).map(rightAligned)],
      rows.map(({ name, cells }) => [` ${name}`, ...cells.slice(from, to)]),
    );
  }
}

function rightAligned(heading: string): { heading: string; align: 'right' } {
  return { heading, align: 'right' };
}

function fits(text: string, width: number): boolean {
  return text.split('\n').every((line) => [...stripVTControlCharacters(line)].length <= width);
}
