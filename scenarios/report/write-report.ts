import { join } from 'node:path';
import type { Summary } from '../../sim/index.ts';
import { writeDurably } from '../running/durable-file.ts';
import { summaryCsv } from './summary-csv.ts';
import { summaryText } from './summary-file.ts';
import { summaryMarkdown } from './summary-markdown.ts';

export type ReportFormat = 'json' | 'md' | 'csv';

/** Stage 8: a summary as text. */
export function renderReport(summary: Summary, format: ReportFormat): string {
  switch (format) {
    case 'json':
      return summaryText(summary);
    case 'md':
      return summaryMarkdown(summary);
    case 'csv':
      return summaryCsv(summary);
  }
}

/** Writes `summary.md`, `summary.csv` … into a results folder; returns the path. */
export async function writeReport(
  dir: string,
  summary: Summary,
  format: ReportFormat,
): Promise<string> {
  const path = join(dir, `summary.${format}`);
  await writeDurably(path, renderReport(summary, format));
  return path;
}
