import type { Store } from '../store.ts';
import type { DataSource } from './data-source.ts';
import { loadReport } from './load-report.ts';

/** How far a run is that goes on while it is looked at. */
export interface LiveProgress {
  readonly strategies: readonly string[];
  /** Measured replications so far, by strategy. */
  readonly done: readonly number[];
  /** At most so many of each; null where that is not known. */
  readonly most: number | null;
}

/**
 * Listens to the server while the run goes on: `progress` (a `LiveProgress`) after each
 * replication, `data` when pieces have changed, `end`. The summary is always the server's; nothing
 * is aggregated here. Does nothing for a run that has ended, or an exported file.
 */
export function followRun(store: Store, source: DataSource, reloadRecordings: () => void): void {
  if (source.isEmbedded || store.report.peek().manifest?.state !== 'running') return;
  const events = new EventSource('/live');
  events.addEventListener('progress', ({ data }: MessageEvent<string>) => {
    store.live.value = JSON.parse(data) as LiveProgress;
  });
  events.addEventListener('data', () => void reload());
  events.addEventListener('end', () => {
    events.close();
    store.live.value = null;
  });
  events.addEventListener('error', () => {
    // Nobody writes to the folder any more: the server answers 204, and the browser gives up.
    if (events.readyState === EventSource.CLOSED) store.live.value = null;
  });

  async function reload(): Promise<void> {
    try {
      store.report.value = await loadReport(source);
      reloadRecordings();
    } catch {
      // What is shown stays; the next event brings another chance.
    }
  }
}
