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
      const { problems, notes } = await checkResults(dir);
      const { palette } = terminal;
      if (terminal.json) {
        terminal.print(JSON.stringify({ ok: problems.length === 0, problems, notes }, null, 2));
      } else {
        for (const problem of problems) terminal.print(`${palette.bad('✗')} ${escapeLine(problem)}`);
        for (const note of notes) terminal.print(`${palette.good('·')} ${escapeLine(note)}`);
        terminal.print(problems.length === 0 ? 'whole and unchanged' : `${problems.length} problems`);
      }
      if (problems.length > 0) context.setExitCode(ExitCode.UnusableResults);
    });
}
