import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFolderError, FolderError } from './folder-error.ts';

const LOCK_FILE = 'run.lock';

interface Holder {
  readonly pid: number;
  /** Start of the process in kernel ticks, so that a reused pid is told apart; null if unknown. */
  readonly started: string | null;
}

/**
 * Takes the results folder for this process; returns what gives it back. A lock whose process is
 * gone is recovered. Throws a FolderError (4) naming the holder when the folder is in use.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  // The lock appears with its contents or not at all: written aside, then linked into place.
  const aside = `${path}.${process.pid}`;
  try {
    writeFileSync(aside, mine);
    // Twice: the second time after a stale lock was moved away.
    if (!linked(aside, path)) {
      recover(path);
      if (!linked(aside, path)) throw inUse(folder, readFileSync(path, 'utf8'));
    }
  } catch (error) {
    throw asFolderError(error, `locking ${folder}`);
  } finally {
    rmSync(aside, { force: true });
  }
  return () => {
    if (readOrNull(path) === mine) unlinkSync(path);
  };
}

/** Whether a process that still lives writes to the folder. */
export function isFolderInUse(folder: string): boolean {
  const text = readOrNull(join(folder, LOCK_FILE));
  return text !== null && isHeld(text);
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function recover(path: string): void {
  const text = readOrNull(path);
  if (text === null) return;
  if (isHeld(text)) throw inUse(path, text);
  const moved = `${path}.stale.${process.pid}`;
  renameSync(path, moved);
  try {
    // Another runner may have recovered it first and be the new holder: give that one back.
    if (readFileSync(moved, 'utf8') !== text) linked(moved, path);
  } finally {
    rmSync(moved, { force: true });
  }
}

function isHeld(text: string): boolean {
  let holder: Holder;
  try {
    holder = JSON.parse(text) as Holder;
  } catch {
    return false;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: alive, but somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.started === null || holder.started === startOf(holder.pid);
}

function inUse(where: string, text: string): FolderError {
  const pid = /"pid":(\d+)/.exec(text)?.[1] ?? 'unknown';
  return new FolderError(4, `the results folder is in use by process ${pid}: ${where}`);
}

/** Field 22 of /proc/PID/stat, counted after the last ')', as the name may hold anything. */
function startOf(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
