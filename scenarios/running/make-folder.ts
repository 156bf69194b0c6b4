import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asFolderError, FolderError } from './folder-error.ts';

/**
 * Makes a folder and those above it. Node's own `recursive` goes round for ever where the system
 * says of a folder that is there that it is not (`/proc`).
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    throw asFolderError(error, `creating ${path}`);
  }
}

async function make(path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      if ((await stat(path)).isDirectory()) return;
      throw new FolderError(5, `${path} is a file, not a folder`, { cause: error });
    }
    if (code !== 'ENOENT' || parent === path) throw error;
    if (await isFolder(parent)) {
      throw new FolderError(5, `no folder can be made in ${parent}`, { cause: error });
    }
    await make(parent);
    await mkdir(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
