import { existsSync } from 'node:fs';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { ComparedResults } from '../../scenarios/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `anycastle compare A B…`: strategies of one results folder, or of several, paired. */
export function compareCommand(context: CommandContext) {
  return new Command('compare')
    .description('compare strategies of stored results, paired by replication')
    .addArgument(new Argument('<what...>', 'results folders; other words name strategies to keep'))
    .option('--baseline <strategy>', 'what the others are compared with')
    .option('--metric <key...>', 'keys of the summary, e.g. latency_p99_s')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'md', 'json', 'csv'] as const)
        .default('text' as const),
    )
    .addOption(
      new Option('--fail-on <verdict>', 'exit 12 if any comparison has it').choices([
        'worse',
      ] as const),
    )
    .option('--full', 'every measure, however wide')
    .action(async (words, options) => {
      const terminal = context.terminal();
      const dirs = words.filter((word) => existsSync(word));
      const strategies = words.filter((word) => !existsSync(word));
      const compared = await compare(dirs, {
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        ...(options.metric === undefined ? {} : { metrics: options.metric }),
        ...(strategies.length === 0 ? {} : { strategies }),
      });
      const format = terminal.json ? 'json' : options.format;
      await print(compared, format, options.full === true, terminal);
      const isWorse = compared.comparisons.some(({ verdict }) => verdict === 'worse');
      if (options.failOn === 'worse' && isWorse) context.setExitCode(ExitCode.Worse);
    });
}

async function compare(
  dirs: readonly string[],
  options: { baseline?: string; metrics?: readonly string[]; strategies?: readonly string[] },
): Promise<ComparedResults> {
  const { compareResults } = await import('../../scenarios/index.ts');
  if (dirs.length === 0) {
    throw new CommandError(ExitCode.UnusableResults, 'none of these is a results folder');
  }
  try {
    return await compareResults(dirs, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(ExitCode.BadUsage, error.message);
  }
}

async function print(
  compared: ComparedResults,
  format: 'text' | 'md' | 'json' | 'csv',
  full: boolean,
  terminal: Terminal,
): Promise<void> {
  if (format === 'json') {
    terminal.print(JSON.stringify(compared, null, 2));
  } else if (format !== 'text') {
    const { comparisonTable } = await import('../summary/comparison-table.ts');
    terminal.print(comparisonTable(compared.comparisons, format));
  } else {
    const { comparisonBlock } = await import('../summary/comparison-block.ts');
    const { palette, width } = terminal;
    const block = comparisonBlock(compared, { palette, width, full });
    terminal.print(block ?? 'one strategy: nothing to compare it with');
    for (const note of compared.notes) terminal.print(` · ${escapeLine(note)}`);
  }
}
