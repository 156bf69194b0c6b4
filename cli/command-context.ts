import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a command gets from the program that it belongs to. */
export interface CommandContext {
  /** As the global flags want it; call when the command runs, not when it is declared. */
  terminal(): Terminal;
  /** The code to end with; 0 unless called. */
  setExitCode(code: ExitCode): void;
}
