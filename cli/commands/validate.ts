import { Argument, Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import { loadRequest } from '../load-scenario.ts';
import { planText } from '../summary/plan-text.ts';

/** `anycastle validate FILE…`: every error at once; with `--plan`, what a run would do. */
export function validateCommand(context: CommandContext) {
  return new Command('validate')
    .description('check scenarios without running them')
    .addArgument(new Argument('<scenario...>', 'files, or names of the library'))
    .option('--plan', 'show map, load, timeline and number of runs')
    .option('--strict', 'warnings are errors')
    .option('--set <path=value...>', 'change a setting of the file')
    .action(async (scenarios, options) => {
      const terminal = context.terminal();
      for (const scenario of scenarios) {
        const request = await loadRequest(scenario, options, terminal);
        if (request === null) {
          context.setExitCode(ExitCode.InvalidScenario);
          continue;
        }
        if (options.plan !== true) {
          if (!terminal.json) terminal.print(`${scenario}: valid`);
          continue;
        }
        const { describePlan } = await import('../../scenarios/index.ts');
        const plan = describePlan(request);
        terminal.print(
          terminal.json ? JSON.stringify(plan, null, 2) : planText(plan, terminal.palette),
        );
      }
    });
}
