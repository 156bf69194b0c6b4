import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';

const PORT_MAX = 65_535;
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1'];

/** `anycastle view DIR`: serves a results folder until interrupted, or prints or exports it. */
export function viewCommand(context: CommandContext) {
  return new Command('view')
    .description('show a results folder in the browser, live while its run goes on')
    .addArgument(new Argument('<dir>', 'results folder, e.g. out/mm1'))
    .option('--port <number>', '0 takes a free one', '0')
    .option(
      '--host <address>',
      'address to bind; beyond this machine only with --token',
      'localhost',
    )
    .addOption(
      new Option('--token <how>', 'ask for a token, which the printed address holds').choices([
        'auto',
      ] as const),
    )
    .option('--allow-host <name...>', 'further Host names to answer to')
    .option('--no-open', 'do not open a browser')
    .option('--export <file>', 'write one HTML file that needs neither server nor network')
    .option('--text', 'print the report as text tables instead')
    .action(async (dir, options) => {
      const terminal = context.terminal();
      const { openSource } = await import('../view/open-source.ts');
      const source = await openSource(dir);
      if (options.text === true) {
        const { printReport } = await import('../view/print-report.ts');
        return printReport(source, terminal);
      }
      if (options.export !== undefined) {
        const { exportReport } = await import('../view/export-report.ts');
        return exportReport(source, options.export, terminal);
      }
      const { serveUntilStopped } = await import('../view/serve-until-stopped.ts');
      terminal.say('Ctrl-C to stop');
      const exitCode = await serveUntilStopped(source, terminal, {
        host: hostFor(options.host, options.token !== undefined),
        port: portNumber(options.port),
        allowedHosts: options.allowHost ?? [],
        hasToken: options.token !== undefined,
        opens: options.open,
      });
      context.setExitCode(exitCode);
    });
}

/** Others could read the results if it were bound to anything but loopback without a token. */
function hostFor(host: string, hasToken: boolean): string {
  if (hasToken || LOOPBACK_HOSTS.includes(host)) return host;
  throw new CommandError(
    ExitCode.NeedsConsent,
    `--host ${host} shows the results to whoever can reach that address`,
    'add --token auto, or forward a port instead: ssh -L 8080:127.0.0.1:PORT machine',
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw new CommandError(ExitCode.BadUsage, `--port ${text} is not a port (0 to ${PORT_MAX})`);
}
