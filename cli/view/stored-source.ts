import {
  loadResults,
  RECORDING_INDEX,
  recordingFolder,
  timelinePath,
  type Manifest,
  type StoredResults,
  type Summary,
} from '../../scenarios/index.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { filePiece, jsonPiece, type DataPiece, type DataPieces } from './data-piece.ts';
import type { ViewSource } from './view-source.ts';

export interface StoredView extends ViewSource {
  readonly summary: Summary;
  readonly manifest: Manifest;
}

/**
 * A results folder whose run has ended. Throws a FolderError (4) if there is no readable summary, a
 * CommandError (4) if what is there is not one of ours.
 */
export async function openStored(dir: string): Promise<StoredView> {
  const results = await loadResults(dir);
  const { summary, manifest } = results;
  if (!isSummary(summary)) {
    throw new CommandError(
      ExitCode.UnusableResults,
      `summary.json in ${dir} does not have the members of a summary`,
    );
  }
  const pieces = storedPieces(results);
  return { summary, manifest, pieces: () => pieces, feed: null, close: () => undefined };
}

/**
 * Ids of what a finished folder has, strategies counted in the summary's order:
 *
 *     summary  manifest  timeline-0 …      means over replications
 *     recording-0  recording-0-FILE …      one replication in detail: its index, its chunks
 */
export function storedPieces({ dir, summary, manifest }: StoredResults): DataPieces {
  const pieces = new Map<string, DataPiece>([
    ['summary', jsonPiece(JSON.stringify(summary))],
    ['manifest', jsonPiece(JSON.stringify(manifest))],
  ]);
  Object.keys(summary.strategies).forEach((strategy, index) => {
    const timeline = timelinePath(strategy);
    const sha256 = manifest.files[timeline];
    if (sha256 !== undefined) pieces.set(`timeline-${index}`, filePiece(dir, timeline, sha256));
    for (const [id, piece] of recordingPieces(dir, strategy, index, manifest.files)) {
      pieces.set(id, piece);
    }
  });
  return pieces;
}

/** Those of `files` (SHA-256 by path) that belong to the recording of a strategy. */
export function recordingPieces(
  dir: string,
  strategy: string,
  index: number,
  files: Manifest['files'],
): (readonly [id: string, piece: DataPiece])[] {
  const folder = `${recordingFolder(strategy)}/`;
  return Object.entries(files).flatMap(([path, sha256]) => {
    if (!path.startsWith(folder)) return [];
    const name = path.slice(folder.length);
    const id = name === RECORDING_INDEX ? `recording-${index}` : `recording-${index}-${name}`;
    return [[id, filePiece(dir, path, sha256)] as const];
  });
}

/** A foreign file that calls itself format 1 lacks something that ours have. */
function isSummary(summary: Summary): boolean {
  const { run, strategies, comparisons, thresholds, notes, gate } = summary as Partial<Summary>;
  return (
    typeof run === 'object' &&
    typeof strategies === 'object' &&
    strategies !== null &&
    Object.values(strategies).every((one) => typeof one?.metrics === 'object') &&
    [comparisons, thresholds, notes, gate].every(Array.isArray)
  );
}
