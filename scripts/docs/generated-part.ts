import { readFileSync, writeFileSync } from 'node:fs';

/** A page's part between the markers of `name`, which a script writes and a test compares. */
export interface GeneratedPart {
  readonly page: string;
  readonly name: string;
  readonly text: () => string;
}

/** The page as it should be. Throws when the page lacks the markers. */
export function withGeneratedPart({ page, name, text }: GeneratedPart): string {
  const written = readFileSync(page, 'utf8');
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of generated: ${name} -->`];
  const [from, to] = [written.indexOf(begin), written.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks the markers of '${name}'`);
  return `${written.slice(0, from + begin.length)}\n\n${text()}\n\n${written.slice(to)}`;
}

export function writeGeneratedPart(part: GeneratedPart): void {
  writeFileSync(part.page, withGeneratedPart(part));
}

/** A Markdown table; `|` in cells is escaped. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
