import type { DataPieces } from './data-piece.ts';
import type { LiveFeed } from './live-feed.ts';

/** What a server shows: a stored run, or one that goes on. */
export interface ViewSource {
  /** By id: `summary`, `manifest`, `timeline-0`, `recording-0`, `recording-0-pops-0-0.bin` … */
  pieces(): DataPieces;
  /** null: nothing will change. */
  readonly feed: LiveFeed | null;
  close(): void;
}
