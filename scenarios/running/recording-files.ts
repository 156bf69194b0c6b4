import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Recording } from '../../sim/index.ts';
import { RECORDING_INDEX, recordingFolder } from '../report/recording-path.ts';
import { asFolderError } from './folder-error.ts';
import { sha256 } from './manifest.ts';

/** Of the folder in which a recording is written first; no name of a strategy encodes to this. */
const DRAFT_ENDING = '%draft';

/**
 * Writes a recording whole or not at all: into a draft, whose files are synced, then renamed. Done
 * by the process that simulated, before its result is told, so a stored result has its recording.
 */
export async function writeRecording(outDir: string, recording: Recording): Promise<void> {
  const { index, files } = recording;
  const folder = join(outDir, recordingFolder(index.strategy));
  const draft = `${folder}${DRAFT_ENDING}`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    for (const [name, bytes] of files) await writeSynced(join(draft, name), bytes);
    await writeSynced(join(draft, RECORDING_INDEX), `${JSON.stringify(index)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    throw asFolderError(error, `writing the recording ${folder}`);
  }
}

export function hasRecording(outDir: string, strategy: string): boolean {
  return existsSync(join(outDir, recordingFolder(strategy), RECORDING_INDEX));
}

/** Drafts of processes that were killed; with `all`, recordings of an earlier run too. */
export async function sweepRecordings(outDir: string, all: boolean): Promise<void> {
  const folder = join(outDir, 'timeline');
  try {
    if (all) await rm(folder, { recursive: true, force: true });
    if (!existsSync(folder)) return;
    const drafts = (await readdir(folder)).filter((name) => name.endsWith(DRAFT_ENDING));
    await Promise.all(drafts.map((name) => rm(join(folder, name), { recursive: true })));
  } catch (error) {
    throw asFolderError(error, `clearing ${folder}`);
  }
}

/** SHA-256 of the files of a strategy's recording, by path within the results folder. */
export async function recordingHashes(
  outDir: string,
  strategy: string,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  if (!hasRecording(outDir, strategy)) return hashes;
  const folder = recordingFolder(strategy);
  for (const name of (await readdir(join(outDir, folder))).toSorted()) {
    const path = `${folder}/${name}`;
    hashes[path] = sha256(await readFile(join(outDir, path)));
  }
  return hashes;
}

async function writeSynced(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
  const file = await open(path, 'r');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
