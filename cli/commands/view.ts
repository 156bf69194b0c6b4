import { Argument, Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { watchSignals } from '../signals.ts';

const PORT_MAX = 65_535;

/** `anycastle view DIR`: serves a results folder on loopback until it is interrupted. */
export function viewCommand(context: CommandContext) {
  return new Command('view')
    .description('show a results folder in the browser (loopback only)')
    .addArgument(new Argument('<dir>', 'results folder, e.g. out/mm1'))
    .option('--port <number>', '0 takes a free one', '0')
    .option('--host <address>', 'loopback address to bind: 127.0.0.1 or ::1', '127.0.0.1')
    .option('--allow-host <name...>', 'further Host names to answer to')
    .option('--no-open', 'do not open a browser')
    .option('--text', 'print the tables instead')
    .action(async (dir, options) => {
      const terminal = context.terminal();
      const { readView } = await import('../view/read-view.ts');
      const stored = await readView(dir);
      if (options.text === true) {
        const { summaryText } = await import('../summary/summary-text.ts');
        const { exitCodeFor } = await import('../../scenarios/index.ts');
        const exitCode = exitCodeFor(stored.summary, null);
        const { palette, width } = terminal;
        terminal.print(
          summaryText(stored.summary, { palette, width, full: true, exitCode, next: null }),
        );
        return;
      }
      const { portOf, serveView } = await import('../view/server.ts');
      const server = await serveView(stored.content, {
        host: loopbackHost(options.host),
        port: portNumber(options.port),
        allowedHosts: options.allowHost ?? [],
      });
      const host = options.host === '::1' ? '[::1]' : options.host;
      const url = `http://${host}:${portOf(server)}/`;
      terminal.print(url);
      terminal.say('Ctrl-C to stop');
      if (options.open && process.stdout.isTTY) await openBrowser(url);
      const watch = watchSignals(() => {
        server.close();
        server.closeAllConnections();
      });
      await new Promise((resolve) => server.once('close', resolve));
      context.setExitCode(watch.exitCode() ?? ExitCode.Done);
    });
}

/** Others could read the results if it were bound to anything but loopback. */
function loopbackHost(host: string): '127.0.0.1' | '::1' {
  if (host === '127.0.0.1' || host === '::1') return host;
  throw new CommandError(
    ExitCode.NeedsConsent,
    `--host ${host} would show the results to the network, which needs a token; not built yet`,
    'forward a port instead: ssh -L 8080:127.0.0.1:PORT machine',
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw new CommandError(ExitCode.BadUsage, `--port ${text} is not a port (0 to ${PORT_MAX})`);
}

/** A machine without a browser is no failure: the address has been printed. */
async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url).catch(() => undefined);
}
