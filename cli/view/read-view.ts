import { loadResults, loadTimeline, type Summary } from '../../scenarios/index.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { renderPage } from './page.ts';
import type { ViewContent } from './server.ts';

export interface StoredView {
  readonly summary: Summary;
  readonly content: ViewContent;
}

/**
 * A results folder as the server shows it. Everything is read once, here: no request ever opens a
 * file. Throws a FolderError (4) if there is no readable summary, a CommandError (4) if what is
 * there is not one of ours.
 */
export async function readView(dir: string): Promise<StoredView> {
  const { summary, manifest } = await loadResults(dir);
  try {
    const timelines = await Promise.all(
      Object.keys(summary.strategies).map((strategy) => loadTimeline(dir, strategy)),
    );
    const data = new Map([
      ['summary', JSON.stringify(summary)],
      ['manifest', JSON.stringify(manifest)],
    ]);
    timelines.forEach((timeline, i) => {
      if (timeline !== null) data.set(`timeline-${i}`, JSON.stringify(timeline));
    });
    return { summary, content: { page: await renderPage(summary, manifest), data } };
  } catch (error) {
    // A foreign file that calls itself format 1: it lacks something that ours have.
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      ExitCode.UnusableResults,
      `summary.json in ${dir} does not have the members of a summary: ${error.message}`,
    );
  }
}
