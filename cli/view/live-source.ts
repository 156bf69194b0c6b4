import { UnfinishedRun, loadResults, type Summary } from '../../scenarios/index.ts';
import { jsonPiece, type DataPiece, type DataPieces } from './data-piece.ts';
import { LiveFeed } from './live-feed.ts';
import { recordingPieces, storedPieces } from './stored-source.ts';
import type { ViewSource } from './view-source.ts';

/** How often the folder is looked at; nobody sees a replication come sooner. */
const POLL_MS = 500;
/** Aggregating may take this share of a core at most: 1 % of two cores that the run keeps busy. */
const AGGREGATION_SHARE = 0.02;

export interface LiveView extends ViewSource {
  /** Null where only the run itself can aggregate. */
  readonly summary: Summary | null;
  readonly isRunning: boolean;
}

/**
 * A run that goes on, or one that was killed: what it has written so far, looked at again and again
 * from another process, so that the run does not notice. The feed's events:
 *
 *     progress   {strategies, done, most, kind, strategy, replication}: a replication has ended
 *                (the last three are null in the first event that a page gets)
 *     data       {}: pieces have changed; their ETags tell which
 *     end        {state}: `complete`, `partial`, or `interrupted` where no summary was written
 */
export async function openLive(dir: string): Promise<LiveView> {
  const live = new LiveSource(dir, await UnfinishedRun.open(dir));
  await live.begin();
  return live;
}

class LiveSource implements LiveView {
  readonly #dir: string;
  #run: UnfinishedRun;
  readonly feed: LiveFeed | null;
  #pieces: DataPieces = new Map();
  summary: Summary | null = null;
  #timer: NodeJS.Timeout | undefined;
  #aggregateAfterMs = 0;
  #isStale = true;

  constructor(dir: string, run: UnfinishedRun) {
    this.#dir = dir;
    this.#run = run;
    this.feed = run.isRunning ? new LiveFeed(() => this.#progress(null)) : null;
  }

  get isRunning(): boolean {
    return this.feed !== null && !this.feed.hasEnded;
  }

  pieces(): DataPieces {
    return this.#pieces;
  }

  async begin(): Promise<void> {
    await this.#run.readOn();
    await this.#aggregate();
    if (this.feed !== null) this.#later();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #later(): void {
    this.#timer = setTimeout(() => {
      this.#look().then(
        () => {
          if (this.isRunning) this.#later();
        },
        // The folder went away under us.
        () => this.feed!.send({ event: 'end', data: JSON.stringify({ state: 'interrupted' }) }),
      );
    }, POLL_MS);
  }

  async #look(): Promise<void> {
    // In this order: what was written before the run ended is then read.
    const { isRunning } = this.#run;
    const fresh = await this.#run.readOn();
    for (const line of fresh) this.feed!.send(this.#progress(line));
    if (fresh.length > 0) this.#isStale = true;
    if (!isRunning) return this.#end();
    if (this.#isStale && performance.now() >= this.#aggregateAfterMs) {
      await this.#aggregate();
      this.feed!.send({ event: 'data', data: '{}' });
    }
  }

  async #end(): Promise<void> {
    const results = await loadResults(this.#dir).catch(() => null);
    if (results === null) await this.#aggregate();
    else {
      this.summary = results.summary;
      this.#pieces = storedPieces(results);
    }
    const state = results?.manifest.state ?? 'interrupted';
    this.feed!.send({ event: 'data', data: '{}' });
    this.feed!.send({ event: 'end', data: JSON.stringify({ state }) });
  }

  async #aggregate(): Promise<void> {
    const startedMs = performance.now();
    // Written whole by whoever simulated it, and then never again.
    const recorded = await this.#run.recordings();
    const pieces = new Map<string, DataPiece>();
    const report = this.#run.report();
    if (report !== null) {
      this.summary = report.summary;
      pieces.set('summary', jsonPiece(JSON.stringify(report.summary)));
      report.timelines.forEach((timeline, index) => {
        if (timeline !== null) pieces.set(`timeline-${index}`, jsonPiece(JSON.stringify(timeline)));
      });
    }
    this.#run.manifest.strategies.forEach((strategy, index) => {
      for (const [id, piece] of recordingPieces(this.#dir, strategy, index, recorded)) {
        pieces.set(id, piece);
      }
    });
    pieces.set('manifest', jsonPiece(JSON.stringify(this.#run.manifest)));
    this.#pieces = pieces;
    this.#isStale = false;
    const costMs = performance.now() - startedMs;
    this.#aggregateAfterMs = performance.now() + costMs / AGGREGATION_SHARE;
  }

  #progress(
    line: { readonly kind: string; readonly strategy: string; readonly replication: number } | null,
  ): { event: string; data: string } {
    const data = {
      strategies: this.#run.manifest.strategies,
      done: this.#run.done,
      most: this.#run.replicationsMost,
      kind: line?.kind ?? null,
      strategy: line?.strategy ?? null,
      replication: line?.replication ?? null,
    };
    return { event: 'progress', data: JSON.stringify(data) };
  }
}
