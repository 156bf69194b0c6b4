/**
 * What the process says when it ends. Stable for ever: scripts depend on it. 1 is Node's own code
 * for a crash and therefore never a verdict.
 */
export const ExitCode = {
  Done: 0,
  Crash: 1,
  BadUsage: 2,
  InvalidScenario: 3,
  /** Result folder unreadable, damaged, in use or not resumable. */
  UnusableResults: 4,
  /** Permission, disk full. */
  InputOutput: 5,
  NeedsConsent: 6,
  /** A worker died or the memory limit was hit; some replications are missing. */
  Incomplete: 7,
  /** An invariant of the engine was violated, or two runs of one seed differ: not trustworthy. */
  InvariantViolated: 8,
  ThresholdFailed: 10,
  Inconclusive: 11,
  /** `compare --fail-on worse`. */
  Worse: 12,
  WallTimeReached: 124,
  Hangup: 129,
  Interrupted: 130,
  Terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Something the user can act on, said in one sentence; ends the command with `exitCode`. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, message: string, hint?: string) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.hint = hint;
  }
}
