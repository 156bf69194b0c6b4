import { ExitCode } from '../exit-code.ts';
import { watchSignals } from '../signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readBundle } from './bundle.ts';
import { serveView, type ViewOptions, type ViewServer } from './server.ts';
import type { ViewSource } from './view-source.ts';

/** Serves until Ctrl-C. Prints the address to stdout, opens a browser if `opens` and on a terminal. */
export async function serveUntilStopped(
  source: ViewSource,
  terminal: Terminal,
  options: ViewOptions & { readonly opens: boolean },
): Promise<ExitCode> {
  const server = await serveView(source, readBundle(), options);
  terminal.print(server.url);
  terminal.say('Ctrl-C to stop');
  const stopped = whenStopped(server, source);
  if (options.opens && process.stdout.isTTY) await openBrowser(server.url);
  return stopped;
}

function whenStopped(server: ViewServer, source: ViewSource): Promise<ExitCode> {
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
async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url).catch(() => undefined);
}
