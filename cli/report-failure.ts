import { CommandError, ExitCode } from './exit-code.ts';
import { escapeText } from './terminal/escape.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Refusals of the operating system: something for the user to mend, not a bug. */
const SYSTEM_REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'disk quota exceeded',
  ENOENT: 'no such file or folder',
  EISDIR: 'is a folder',
  ENOTDIR: 'is not a folder',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'name too long',
  EADDRINUSE: 'the port is taken',
  EIO: 'input/output error',
};

/**
 * Says in a sentence why a command ended early and returns the exit code. Errors that carry an
 * `exitCode` of our table were foreseen; so were refusals of the operating system. Everything else
 * is a bug: a hint how to report it, the stack only with `--verbose`.
 */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  const title = terminal.errorPalette.bad('error:');
  const message = escapeText(error instanceof Error ? error.message : String(error));
  const foreseen = foreseenExitCode(error);
  if (foreseen !== null) {
    terminal.warn(`${title} ${message}`);
    if (error instanceof CommandError && error.hint !== undefined) {
      terminal.warn(`  = ${escapeText(error.hint)}`);
    }
    return foreseen;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  const refusal = code === undefined ? undefined : SYSTEM_REFUSALS[code];
  if (refusal !== undefined) {
    terminal.warn(`${title} ${path === undefined ? message : `${escapeText(path)}: ${refusal}`}`);
    return ExitCode.InputOutput;
  }
  terminal.warn(`${title} ${message}`);
  terminal.warn(
    'This is a bug in Anycastle, not a mistake of yours. Please report it with the command,',
  );
  terminal.warn('the scenario and what the same command prints with --verbose.');
  if (terminal.verbose && error instanceof Error) terminal.warn(escapeText(error.stack ?? ''));
  return ExitCode.Crash;
}

function foreseenExitCode(error: unknown): ExitCode | null {
  const { exitCode } = (error ?? {}) as { exitCode?: unknown };
  return (
    Object.values(ExitCode).find((code) => code === exitCode && code !== ExitCode.Crash) ?? null
  );
}
