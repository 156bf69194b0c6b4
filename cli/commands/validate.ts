import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { Diagnostic } from '../../scenarios/index.ts';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import { readScenario } from '../load-scenario.ts';
import { planText } from '../summary/plan-text.ts';

/** `anycastle validate FILE…`: every error at once; with `--plan`, what a run would do. */
export function validateCommand(context: CommandContext) {
  return new Command('validate')
    .description('check scenarios without running them')
    .addArgument(new Argument('<scenario...>', 'files, or names of the library'))
    .option('--plan', 'show map, load, timeline and number of runs')
    .option('--strict', 'warnings are errors')
    .option('--set <path=value...>', 'change a setting of the file')
    .addOption(
      new Option('--format <format>', 'how to print what is wrong')
        .choices(['text', 'json', 'sarif', 'github'] as const)
        .default('text' as const),
    )
    .action(async (scenarios, options) => {
      const terminal = context.terminal();
      const { describePlan, renderDiagnostics } = await import('../../scenarios/index.ts');
      const found: Diagnostic[] = [];
      const sources = new Map<string, string>();
      for (const scenario of scenarios) {
        const loaded = await readScenario(scenario, options);
        found.push(...(loaded.ok ? loaded.warnings : loaded.diagnostics));
        for (const [file, text] of loaded.sources) sources.set(file, text);
        if (!loaded.ok || options.format !== 'text') continue;
        if (options.plan === true) {
          const plan = describePlan(loaded.request, {
            withCatchments: true,
            clockMs: processorMs,
          });
          const text = terminal.json
            ? JSON.stringify(plan, null, 2)
            : planText(plan, terminal.palette);
          terminal.print(text);
        } else if (!terminal.json) {
          terminal.print(`${scenario}: valid`);
        }
      }
      const isWrong = ({ severity }: Diagnostic): boolean =>
        severity === 'error' || options.strict === true;
      if (found.some(isWrong)) context.setExitCode(ExitCode.InvalidScenario);
      // Machine forms are data, also when nothing is wrong; text is talk.
      if (options.format !== 'text') {
        terminal.print(renderDiagnostics(found, sources, { format: options.format }));
      } else if (found.length > 0 && (options.plan !== true || found.some(isWrong))) {
        const { on: color } = terminal.errorPalette;
        terminal.warn(renderDiagnostics(found, sources, { color }));
      }
    });
}

/** Other programs stretch the wall's clock only. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
