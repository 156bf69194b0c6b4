import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { LookupPlace, LookupRequest } from '../../scenarios/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { loadRequest } from '../load-scenario.ts';
import { collected, parseAttempts, parseKeyCount } from '../lookup-options.ts';
import { lookupText } from '../summary/lookup-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Made-up keys when none are named: shares then have a standard error of at most 0.16 %. */
const KEYS = 100_000;

/** `anycastle lookup KEY…`: where a policy sends keys, and what moves when membership changes. */
export function lookupCommand(context: CommandContext) {
  const changes: LookupRequest['changes'][number][] = [];
  const change = (verb: 'remove' | 'add' | 'weight') => (text: string) => {
    changes.push({ verb, text });
    return text;
  };
  return new Command('lookup')
    .description('which backend a key goes to, and what moves when backends change')
    .addArgument(new Argument('[key...]', 'keys to look up; without, shares of made-up ones'))
    .option('--policy <name>', 'a policy that looks at keys, e.g. maglev')
    .option('--option <name=value>', 'an option of it; may be repeated', collected)
    .option('--backends <list>', 'a,b=2,c0..c9: names with weights')
    .option('--keys <count>', 'count shares and moves of so many keys', parseKeyCount)
    .option('--remove <name>', 'then: a backend leaves', change('remove'))
    .option('--add <name=weight>', 'then: a backend joins', change('add'))
    .option('--weight <name=weight>', 'then: a weight changes', change('weight'))
    .option('--attempts <count>', 'also where retries of the keys go', parseAttempts)
    .option('--scenario <file>', 'policy and backends of a scenario')
    .addOption(new Option('--strategy <name>', 'which strategy of it; else the baseline'))
    .addOption(new Option('--pop <name>', 'which POP of it; else the first'))
    .action(async (keys, options) => {
      const terminal = context.terminal();
      const place = await placeWanted(options, terminal);
      if (place === 'invalid') {
        context.setExitCode(ExitCode.InvalidScenario);
        return;
      }
      const report = await lookUpOrRefuse(
        {
          policy: options.policy,
          options: options.option ?? [],
          backends: options.backends,
          changes,
          keys,
          keyCount: options.keys ?? (keys.length === 0 ? KEYS : 0),
          attemptCount: options.attempts ?? 1,
        },
        place,
      );
      if (terminal.json) terminal.print(JSON.stringify(report, null, 2));
      else terminal.print(lookupText(report, terminal.palette));
    });
}

async function lookUpOrRefuse(request: LookupRequest, place: LookupPlace | null) {
  const { lookUp } = await import('../../scenarios/index.ts');
  return refusing(() => lookUp(request, place));
}

/** Exit 2 for what a LookupError says. */
async function refusing<T>(act: () => T): Promise<T> {
  const { LookupError } = await import('../../scenarios/index.ts');
  try {
    return act();
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new CommandError(ExitCode.BadUsage, error.message, error.hint);
  }
}

async function placeWanted(
  options: { readonly scenario?: string; readonly strategy?: string; readonly pop?: string },
  terminal: Terminal,
): Promise<LookupPlace | 'invalid' | null> {
  const { scenario, strategy, pop } = options;
  if (scenario === undefined) {
    if (strategy === undefined && pop === undefined) return null;
    throw new CommandError(ExitCode.BadUsage, '--strategy and --pop need --scenario FILE');
  }
  const only = strategy === undefined ? [] : [strategy];
  const request = await loadRequest(scenario, { only }, terminal);
  if (request === null) return 'invalid';
  const plan = request.plans.find(({ isBaseline }) => isBaseline)!;
  const { placeOf } = await import('../../scenarios/index.ts');
  return refusing(() => placeOf(plan, pop));
}
