import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Something that can be asked for by its id; the id is fixed before anybody asks. */
export interface DataPiece {
  readonly type: 'application/json; charset=utf-8' | 'application/octet-stream';
  /** Changes with the contents. */
  readonly etag: string;
  read(): Promise<Buffer>;
}

export type DataPieces = ReadonlyMap<string, DataPiece>;

/** Larger files are not served: no chunk of a recording comes near. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** A file whose contents are not what the manifest says: damaged, replaced, or not a file. */
export class DamagedPiece extends Error {
  constructor(path: string, why: string) {
    super(`${path}: ${why}`);
    this.name = 'DamagedPiece';
  }
}

/** A piece that is in memory as text. */
export function jsonPiece(text: string): DataPiece {
  const bytes = Buffer.from(text);
  const type = 'application/json; charset=utf-8';
  return { type, etag: `"${sha256(bytes)}"`, read: () => Promise.resolve(bytes) };
}

/** Worked out when it is first asked for; `key` is what it is a function of. */
export function computedPiece(name: string, key: string, text: () => Promise<string>): DataPiece {
  let bytes: Promise<Buffer> | null = null;
  return {
    type: 'application/json; charset=utf-8',
    etag: `"${sha256(Buffer.from(`${name} ${key}`))}"`,
    read: () => {
      bytes ??= text().then(Buffer.from, (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new DamagedPiece(name, `cannot be worked out: ${why}`);
      });
      return bytes;
    },
  };
}

/** A file of a results folder as its manifest knows it; read, and checked, when asked for. */
export function filePiece(dir: string, path: string, expectedSha256: string): DataPiece {
  const isJson = path.endsWith('.json');
  return {
    type: isJson ? 'application/json; charset=utf-8' : 'application/octet-stream',
    etag: `"${expectedSha256}"`,
    read: async () => {
      const bytes = await readWithin(dir, path);
      if (sha256(bytes) !== expectedSha256) {
        throw new DamagedPiece(path, 'not the contents that the manifest names');
      }
      return bytes;
    },
  };
}

/** What the name leads to after all links must be a regular file in the folder. */
async function readWithin(dir: string, path: string): Promise<Buffer> {
  try {
    const real = await realpath(join(dir, path));
    if (!real.startsWith(`${await realpath(dir)}${sep}`)) {
      throw new DamagedPiece(path, 'lies outside the results folder');
    }
    // Without blocking on a pipe; and the file that was opened is the one that is looked at.
    const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new DamagedPiece(path, 'is not a regular file');
      if (stat.size > FILE_BYTES_MAX) throw new DamagedPiece(path, 'is larger than 64 MiB');
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DamagedPiece) throw error;
    throw new DamagedPiece(path, 'cannot be read');
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
