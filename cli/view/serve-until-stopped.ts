import { ExitCode } from '../exit-code.ts';
import { watchSignals } from '../signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readBundle } from './bundle.ts';
import { serveView, type ViewOptions, type ViewServer } from './server.ts';
import type { ViewSource } from './view-source.ts';

export interface ShowOptions extends ViewOptions {
  /** Open a browser, if this is a terminal. */
  readonly opens: boolean;
  /** What the page shows at first: the part of its address after `#`. */
  readonly state?: string;
}

/** Serves until Ctrl-C; prints the address to stdout. */
export async function serveUntilStopped(
  source: ViewSource,
  terminal: Terminal,
  options: ShowOptions,
): Promise<ExitCode> {
  const server = await serveView(source, readBundle(), options);
  const url = options.state === undefined ? server.url : `${server.url}#${options.state}`;
  terminal.print(url);
  const stopped = whenStopped(server, source);
  if (options.opens && process.stdout.isTTY) await openBrowser(url);
  return stopped;
}

/** Ends both on the first signal; resolves to its code. */
export function whenStopped(server: ViewServer, source: ViewSource): Promise<ExitCode> {
  return new Promise((resolve) => {
    const watch = watchSignals(() => {
      source.close();
      server.close();
      // The watch says which signal it was once it has returned.
      setImmediate(() => {
        watch.stop();
        resolve(watch.exitCode() ?? ExitCode.Done);
      });
    });
  });
}

/** A machine without a browser is no failure: the address has been printed. */
export async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url).catch(() => undefined);
}
