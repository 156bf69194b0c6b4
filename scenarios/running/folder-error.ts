/**
 * The results folder cannot be used. `exitCode` as in the table of the command line: 4 for a folder
 * that is unreadable, in use, or of another run; 5 for permissions and a full disk.
 */
export class FolderError extends Error {
  readonly exitCode: 4 | 5;

  constructor(exitCode: 4 | 5, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FolderError';
    this.exitCode = exitCode;
  }
}

/** Codes of the operating system that mean "not our mistake": exit 5 with a sentence. */
const IO_CODES = new Set([
  'ENOSPC',
  'EDQUOT',
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EFBIG',
  'ENOTDIR',
  'EISDIR',
]);

/** An I/O failure as a FolderError; any other value unchanged. */
export function asFolderError(error: unknown, doing: string): unknown {
  if (error instanceof FolderError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !IO_CODES.has(code)) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new FolderError(5, `${full ? 'the disk is full' : (error as Error).message}: ${doing}`, {
    cause: error,
  });
}
