import type { Manifest, Summary, TimelineFile } from '../../sim/report.ts';
import type { DataSource } from './data-source.ts';
import type { Report } from './report.ts';

/** What this page reads; a report of a higher format needs a newer page. */
const SUMMARY_FORMAT = 1;
const TIMELINE_FORMAT = 1;

/** Why there is nothing to show, in words for the user. */
export class UnreadableReport extends Error {}

/**
 * Loads everything that is small. Rejects with an `UnreadableReport` where there is no summary that
 * this page can read; whatever else is missing or broken is named in `problems`.
 */
export async function loadReport(source: DataSource): Promise<Report> {
  const problems: string[] = [];
  const ids = await source.ids();
  const summary = checkSummary(await source.json('summary'));
  const optional = async <Piece>(id: string, format: number): Promise<Piece | null> => {
    if (!ids.has(id)) return null;
    try {
      const piece = (await source.json(id)) as (Piece & { readonly format?: unknown }) | null;
      if (piece !== null && piece.format !== format) throw new Error(formatProblem(piece, format));
      return piece;
    } catch (error) {
      problems.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const strategies = Object.keys(summary.strategies);
  const [manifest, timelines] = await Promise.all([
    optional<Manifest>('manifest', 1),
    Promise.all(strategies.map((_, i) => optional<TimelineFile>(`timeline-${i}`, TIMELINE_FORMAT))),
  ]);
  return { summary, manifest, timelines, strategies, problems };
}

function checkSummary(piece: unknown): Summary {
  const summary = piece as Partial<Summary> | null;
  if (typeof summary !== 'object' || summary === null || summary.format === undefined) {
    throw new UnreadableReport('summary.json is not a summary of Anycastle.');
  }
  if (summary.format !== SUMMARY_FORMAT) {
    throw new UnreadableReport(formatProblem(summary, SUMMARY_FORMAT));
  }
  if (summary.run === undefined || Object.keys(summary.strategies ?? {}).length === 0) {
    throw new UnreadableReport('summary.json does not have the members of a summary.');
  }
  return summary as Summary;
}

export function formatProblem(piece: { readonly format?: unknown }, known: number): string {
  const needed = typeof piece.format === 'number' ? piece.format : '?';
  return `The report is of format ${needed}; this page reads format ${known}. Update anycastle.`;
}
