import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, RunResult, Summary, TimelineFile } from '../../sim/index.ts';
import { FolderError } from '../running/folder-error.ts';
import { MANIFEST_FILE, readManifest } from '../running/manifest.ts';
import { parseLog, RESULTS_FILE } from '../running/results-log.ts';
import { SUMMARY_FILE } from './summary-file.ts';
import { timelinePath } from './timeline-file.ts';

export interface StoredResults {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly summary: Summary;
}

/** A folder's summary and manifest. Throws a FolderError (4) when one is missing or not ours. */
export async function loadResults(dir: string): Promise<StoredResults> {
  const manifest = await readManifest(join(dir, MANIFEST_FILE));
  if (manifest === null) throw new FolderError(4, `no readable ${MANIFEST_FILE} in ${dir}`);
  const summary = await readJson<Summary>(join(dir, SUMMARY_FILE));
  if (summary === null) {
    throw new FolderError(
      4,
      `no readable ${SUMMARY_FILE} in ${dir}: the run has not ended (resume it with --resume)`,
    );
  }
  if (summary.format !== 1) {
    throw new FolderError(
      4,
      `${dir} holds format ${String(summary.format)}; this version reads format 1`,
    );
  }
  return { dir, manifest, summary };
}

/** A strategy's time series; null when none was recorded. */
export function loadTimeline(dir: string, strategy: string): Promise<TimelineFile | null> {
  return readJson<TimelineFile>(join(dir, timelinePath(strategy)));
}

/** The replications the summary counts, by strategy in its order, from the log. */
export async function loadReplications({
  dir,
  summary,
}: StoredResults): Promise<Map<string, RunResult[]>> {
  const { lines } = parseLog(await readBytes(join(dir, RESULTS_FILE)));
  return new Map(
    Object.entries(summary.strategies).map(([name, { fingerprints }]) => {
      const all = lines.filter(({ kind, strategy }) => kind === 'measured' && strategy === name);
      const byReplication = new Map(all.map(({ replication, result }) => [replication, result]));
      const ordered = [...byReplication.entries()]
        .sort((a, b) => a[0] - b[0])
        .map(([, result]) => result);
      return [name, ordered.slice(0, fingerprints.length)];
    }),
  );
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FolderError(4, `cannot read ${path}`, { cause: error });
  }
}
