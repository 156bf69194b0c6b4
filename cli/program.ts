import { Command, Option, type CommanderError } from '@commander-js/extra-typings';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { demoCommand } from './commands/demo.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { lookupCommand } from './commands/lookup.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyDeterminismCommand } from './commands/verify-determinism.ts';
import { viewCommand } from './commands/view.ts';
import type { CommandContext } from './command-context.ts';
import { ExitCode } from './exit-code.ts';
import { packageVersion } from './package-root.ts';
import { reportFailure } from './report-failure.ts';
import { createTerminal, type TerminalOptions } from './terminal/terminal.ts';

/**
 * Parses `args` and runs the command they name. Resolves to the exit code, whatever happens: a
 * failure has then been reported on stderr.
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.Done;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isCommanderError(error)) {
      // Help and version were asked for; anything else was a usage that commander has explained.
      return error.exitCode === 0 ? ExitCode.Done : ExitCode.BadUsage;
    }
    return reportFailure(error, createTerminal(program.opts()));
  }
}

/** Commands import their work when they run, so `--help` loads none of it. */
function createProgram(setExitCode: (code: ExitCode) => void) {
  const program = new Command('anycastle')
    .description('A wind tunnel for edge networks: simulate, compare, decide.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('-q, --quiet', 'only data, errors and warnings')
    .option('-v, --verbose', 'more talk')
    .option('--json', 'machine-readable data on stdout')
    .addOption(
      new Option('--color <when>', 'colour: auto obeys NO_COLOR and TERM=dumb')
        .choices(['auto', 'always', 'never'] as const)
        .default('auto' as const),
    )
    .option('--no-progress', 'no progress display')
    .helpOption('-h, --help', 'print this')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const context: CommandContext = {
    terminal: () => createTerminal(program.opts() satisfies TerminalOptions),
    setExitCode,
  };
  const commands = [
    runCommand(context),
    compareCommand(context),
    validateCommand(context),
    listCommand(context),
    initCommand(context),
    viewCommand(context),
    demoCommand(context),
    explainCommand(context),
    lookupCommand(context),
    checkCommand(context),
    verifyDeterminismCommand(context),
    schemaCommand(context),
  ];
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program).exitOverride());
  }
  return program;
}

function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
