import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { asFolderError } from './folder-error.ts';

/**
 * Writes a whole file or nothing: temporary file, fsync, rename, fsync of the folder (so that the
 * new name survives a power loss too). Throws a FolderError for a full disk or missing permission.
 */
export async function writeDurably(path: string, contents: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, contents, { fsync: true });
    await syncFolder(dirname(path));
  } catch (error) {
    throw asFolderError(error, `${Buffer.byteLength(contents)} bytes were needed for ${path}`);
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; there the rename is as durable as it gets.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
