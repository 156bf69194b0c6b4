import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadResults,
  OtherBaselines,
  RECORDING_INDEX,
  recordingFolder,
  RESULTS_FILE,
  timelinePath,
  type Manifest,
  type StoredResults,
  type Summary,
} from '../../scenarios/index.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import {
  computedPiece,
  FILE_BYTES_MAX,
  filePiece,
  jsonPiece,
  type DataPiece,
  type DataPieces,
} from './data-piece.ts';
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
 *     comparisons-0 …                      as in the summary, against another strategy than its
 *                                          baseline: not without the log of replications
 *     recording-0  recording-0-FILE …      one replication in detail: its index, its chunks
 */
export function storedPieces(results: StoredResults): DataPieces {
  const { dir, summary, manifest } = results;
  const pieces = new Map<string, DataPiece>([
    ['summary', jsonPiece(JSON.stringify(summary))],
    ['manifest', jsonPiece(JSON.stringify(manifest))],
    ...comparisonPieces(results),
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

/** One for each strategy that the summary does not compare with. */
function comparisonPieces(results: StoredResults): (readonly [id: string, piece: DataPiece])[] {
  const { dir, summary } = results;
  if (summary.comparisons.length === 0 || !hasLog(dir)) return [];
  const others = new OtherBaselines(results);
  const key = JSON.stringify(summary);
  return Object.keys(summary.strategies).flatMap((baseline, index) => {
    if (baseline === summary.baseline) return [];
    const id = `comparisons-${index}`;
    const text = async (): Promise<string> => {
      const comparisons = await others.comparisonsAgainst(baseline);
      return JSON.stringify({ format: 1, baseline, comparisons });
    };
    return [[id, computedPiece(id, key, text)] as const];
  });
}

/** The log is there, is a file and not a way out of the folder, and is not too much to read. */
function hasLog(dir: string): boolean {
  const stat = lstatSync(join(dir, RESULTS_FILE), { throwIfNoEntry: false });
  return stat !== undefined && stat.isFile() && stat.size <= FILE_BYTES_MAX;
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
