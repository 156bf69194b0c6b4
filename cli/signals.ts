import { ExitCode } from './exit-code.ts';

const CODES = {
  SIGINT: ExitCode.Interrupted,
  SIGTERM: ExitCode.Terminated,
  SIGHUP: ExitCode.Hangup,
} as const;
type Signal = keyof typeof CODES;

export interface SignalWatch {
  /** Aborted by the first signal: finish gracefully. */
  readonly abort: AbortSignal;
  /** The code of the signal that came, or null. */
  exitCode(): ExitCode | null;
  stop(): void;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort, so that finished work is kept; a second
 * one ends the process at once.
 */
export function watchSignals(onFirst: (signal: Signal) => void): SignalWatch {
  const controller = new AbortController();
  let code: ExitCode | null = null;
  const handlers = (Object.keys(CODES) as Signal[]).map((signal) => {
    const handle = (): void => {
      if (code !== null) process.exit(CODES[signal]);
      code = CODES[signal];
      onFirst(signal);
      controller.abort();
    };
    process.on(signal, handle);
    return [signal, handle] as const;
  });
  return {
    abort: controller.signal,
    exitCode: () => code,
    stop: () => {
      for (const [signal, handle] of handlers) process.off(signal, handle);
    },
  };
}
