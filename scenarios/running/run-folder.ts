import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../sim/index.ts';
import { SUMMARY_FILE } from '../report/summary-file.ts';
import { writeDurably } from './durable-file.ts';
import { asFolderError, FolderError } from './folder-error.ts';
import { differences, MANIFEST_FILE, newManifest, readManifest } from './manifest.ts';
import { sweepRecordings } from './recording-files.ts';
import { parseLog, RESULTS_FILE, ResultsLog } from './results-log.ts';
import type { ResultsLine } from './results-line.ts';
import type { RunOptions, RunRequest } from './run-request.ts';

/** The results folder of a run under way: its manifest, and the log that grows. */
export class RunFolder {
  readonly #path: string;
  readonly #startedMs: number;
  readonly log: ResultsLog;
  /** What an earlier run left, in the order of the file. */
  readonly stored: readonly ResultsLine[];
  manifest: Manifest;

  constructor(
    path: string,
    log: ResultsLog,
    stored: readonly ResultsLine[],
    manifest: Manifest,
    startedMs: number,
  ) {
    this.#path = path;
    this.log = log;
    this.stored = stored;
    this.manifest = manifest;
    this.#startedMs = startedMs;
  }

  async writeManifest(): Promise<void> {
    await writeDurably(
      join(this.#path, MANIFEST_FILE),
      `${JSON.stringify(this.manifest, null, 2)}\n`,
    );
  }

  /** `files`: SHA-256 by relative path of what was written. */
  async finish(isComplete: boolean, files: Readonly<Record<string, string>>): Promise<void> {
    const now = Date.now();
    this.manifest = {
      ...this.manifest,
      finished_at: new Date(now).toISOString(),
      wall_s: (now - this.#startedMs) / 1000,
      state: isComplete ? 'complete' : 'partial',
      files,
    };
    await this.writeManifest();
  }

  close(): Promise<void> {
    return this.log.close();
  }
}

/**
 * Opens the folder for a new run (earlier results go) or, with `resume`, for going on. Throws a
 * FolderError (4) that names every difference when the stored replications are of another run.
 */
export async function openRunFolder(request: RunRequest, options: RunOptions): Promise<RunFolder> {
  const startedMs = Date.now();
  const isResumed = options.resume !== undefined && options.resume !== false;
  await sweep(options.outDir);
  await sweepRecordings(options.outDir, !isResumed);
  const current = newManifest(request, options, new Date(startedMs).toISOString(), []);
  const previous = isResumed ? await readManifest(join(options.outDir, MANIFEST_FILE)) : null;
  const contents = isResumed
    ? parseLog(await readLog(options.outDir))
    : { lines: [], validBytes: 0, damagedBytes: 0 };
  const notes = isResumed ? resumeNotes(previous, current, contents, options) : [];
  const log = await ResultsLog.open(join(options.outDir, RESULTS_FILE), contents.validBytes);
  const manifest = { ...current, notes: [...(previous?.notes ?? []), ...notes] };
  const folder = new RunFolder(options.outDir, log, contents.lines, manifest, startedMs);
  try {
    // A summary of the past must not be taken for this run's.
    await rm(join(options.outDir, SUMMARY_FILE), { force: true });
    await folder.writeManifest();
  } catch (error) {
    await folder.close();
    throw asFolderError(error, `writing to ${options.outDir}`);
  }
  return folder;
}

/**
 * Whole files are written beside their place first; a killed process leaves such a draft
 * behind.
 */
const DRAFT = /^(manifest|summary)[.][a-z]+[.][0-9]+$/;

async function sweep(outDir: string): Promise<void> {
  try {
    const drafts = (await readdir(outDir)).filter((name) => DRAFT.test(name));
    await Promise.all(drafts.map((name) => rm(join(outDir, name), { force: true })));
  } catch (error) {
    throw asFolderError(error, `reading ${outDir}`);
  }
}

function resumeNotes(
  previous: Manifest | null,
  current: Manifest,
  contents: ReturnType<typeof parseLog>,
  options: RunOptions,
): string[] {
  const { lines, damagedBytes } = contents;
  if (previous === null) {
    if (lines.length === 0) return [];
    throw new FolderError(
      4,
      `cannot resume: ${options.outDir} has results but no readable ${MANIFEST_FILE}`,
    );
  }
  const found = differences(previous, current);
  if (found.length > 0 && options.resume !== 'force') {
    throw new FolderError(
      4,
      `cannot resume, the stored results are of another run: ${found.join('; ')}`,
    );
  }
  const torn = damagedBytes > 0 ? `, ${damagedBytes} damaged bytes dropped` : '';
  return [
    `resumed with ${lines.length} stored replications${torn}`,
    ...found.map((difference) => `resume forced in spite of ${difference}`),
  ];
}

async function readLog(outDir: string): Promise<Buffer> {
  try {
    return await readFile(join(outDir, RESULTS_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw asFolderError(error, `reading ${RESULTS_FILE}`);
  }
}
