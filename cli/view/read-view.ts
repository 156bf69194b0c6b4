import { loadResults, type Summary } from '../../scenarios/index.ts';
import { renderPage } from './page.ts';
import type { ViewContent } from './server.ts';

export interface StoredView {
  readonly summary: Summary;
  readonly content: ViewContent;
}

/**
 * A results folder as the server shows it. Everything is read once, here: no request ever opens a
 * file. Throws a FolderError (4) if there is no readable summary.
 */
export async function readView(dir: string): Promise<StoredView> {
  const { summary, manifest, timelines } = await loadResults(dir);
  const data = new Map([
    ['summary', JSON.stringify(summary)],
    ['manifest', JSON.stringify(manifest)],
    ...timelines.map((timeline, i): [string, string] => [`timeline-${i}`, JSON.stringify(timeline)]),
  ]);
  return { summary, content: { page: await renderPage(summary, manifest), data } };
}
