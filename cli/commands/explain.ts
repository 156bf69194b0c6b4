import { Argument, Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { escapeLine } from '../terminal/escape.ts';

/** `anycastle explain X`: an error code, a policy, a routing strategy, a metric, a preset. */
export function explainCommand(context: CommandContext) {
  return new Command('explain')
    .description('explain an error code, policy, strategy, metric or preset')
    .addArgument(new Argument('<word>', 'e.g. E0304, two-choices, availability'))
    .action(async (word) => {
      const terminal = context.terminal();
      const { explain } = await import('../../scenarios/index.ts');
      const explained = explain(word);
      if (!explained.found) {
        const { nearest } = explained;
        throw new CommandError(
          ExitCode.BadUsage,
          `nothing here is called '${word}'`,
          nearest.length > 0
            ? `did you mean ${nearest.join(' or ')}?`
            : 'see anycastle list metrics',
        );
      }
      if (terminal.json) {
        terminal.print(JSON.stringify(explained.explanations, null, 2));
        return;
      }
      for (const { topic, name, lines } of explained.explanations) {
        terminal.print(`${terminal.palette.strong(escapeLine(name))}  (${topic})`);
        for (const line of lines) terminal.print(`  ${escapeLine(line)}`);
      }
    });
}
