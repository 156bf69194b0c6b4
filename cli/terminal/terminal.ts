import { createPalette, wantsColour, type ColourChoice, type Palette } from './colour.ts';

export interface TerminalOptions {
  readonly quiet?: true | undefined;
  readonly verbose?: true | undefined;
  readonly json?: true | undefined;
  readonly color: ColourChoice;
  readonly progress: boolean;
}

/** Where a command speaks: data to stdout, talk to stderr. Writing to a closed pipe is no error. */
export interface Terminal {
  readonly json: boolean;
  readonly verbose: boolean;
  /** `live` redraws (a terminal), `lines` adds a line now and then, `off` is silent. */
  readonly progress: 'live' | 'lines' | 'off';
  /** Columns to fill; 100 where the output is no terminal. */
  readonly width: number;
  readonly palette: Palette;
  readonly errorPalette: Palette;
  /** Data, with a line break added. */
  print(text: string): void;
  /** Talk, with a line break added; nothing under `--quiet`. */
  say(text: string): void;
  /** An error or warning: said even under `--quiet`. */
  warn(text: string): void;
}

export function createTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr, env } = process;
  const live = stderr.isTTY === true && env['TERM'] !== 'dumb';
  const quiet = options.quiet === true;
  return {
    json: options.json === true,
    verbose: options.verbose === true,
    progress: quiet || !options.progress ? 'off' : live ? 'live' : 'lines',
    width: stdout.isTTY ? Math.max(60, stdout.columns ?? 100) : 100,
    palette: createPalette(wantsColour(options.color, stdout, env)),
    errorPalette: createPalette(wantsColour(options.color, stderr, env)),
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => {
      if (!quiet) stderr.write(`${text}\n`);
    },
    warn: (text) => void stderr.write(`${text}\n`),
  };
}

/**
 * A reader that went away (`| head`) ends the printing, not the work: a run goes on and saves its
 * results. Any other failure to write to the standard streams is left to the crash handler.
 */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
      stream.write = () => true;
    });
  }
}
