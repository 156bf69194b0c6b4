import { Argument, Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import { escapeLine } from '../terminal/escape.ts';

/** `anycastle check DIR`: are the stored results whole and unchanged? */
export function checkCommand(context: CommandContext) {
  return new Command('check')
    .description('verify checksums and completeness of a results folder')
    .addArgument(new Argument('<dir>', 'results folder'))
    .action(async (dir) => {
      const terminal = context.terminal();
      const { checkResults } = await import('../../scenarios/index.ts');
      const { problems, replications, isPartial } = await checkResults(dir);
      const { palette } = terminal;
      if (terminal.json) {
        terminal.print(
          JSON.stringify({ ok: problems.length === 0, problems, replications, isPartial }),
        );
      } else {
        for (const problem of problems)
          terminal.print(`${palette.bad('✗')} ${escapeLine(problem)}`);
        const state = isPartial ? 'partial' : 'complete';
        const found = `${replications} replications a strategy, ${state}`;
        terminal.print(
          problems.length === 0
            ? `${palette.good('✓')} whole and unchanged: ${found}`
            : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: ${found}`,
        );
      }
      if (problems.length > 0) context.setExitCode(ExitCode.UnusableResults);
    });
}
