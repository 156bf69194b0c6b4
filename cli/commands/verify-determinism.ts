import { availableParallelism } from 'node:os';
import { Argument, Command } from '@commander-js/extra-typings';
import type { DifferentEvent, Difference } from '../../scenarios/index.ts';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import { loadRequest } from '../load-scenario.ts';
import { parseReplications, parseWorkers } from '../option-values.ts';
import { packageVersion } from '../package-root.ts';
import { watchSignals } from '../signals.ts';
import { escapeLine } from '../terminal/escape.ts';
import { createProgressDisplay } from '../terminal/progress.ts';

/** `anycastle verify-determinism FILE`: the same seed twice, with 1 and N workers, must agree. */
export function verifyDeterminismCommand(context: CommandContext) {
  return new Command('verify-determinism')
    .description('run twice, with 1 and with N workers, and compare every fingerprint')
    .addArgument(new Argument('<scenario>', 'file, or a name of the library'))
    .option('--workers <count>', 'workers of the second run', parseWorkers)
    .option('--seed <seed>', 'another seed')
    .option('--replications <count>', 'e.g. 4 or 4..10', parseReplications)
    .option('--set <path=value...>', 'change a setting of the file')
    .action(async (scenario, options) => {
      const terminal = context.terminal();
      const request = await loadRequest(scenario, options, terminal);
      if (request === null) return context.setExitCode(ExitCode.InvalidScenario);
      const { verifyDeterminism } = await import('../../scenarios/index.ts');
      const display = await createProgressDisplay(terminal);
      const watch = watchSignals(() => terminal.say('stopping'));
      const report = await verifyDeterminism(request, {
        workers: options.workers ?? availableParallelism(),
        packageVersion: packageVersion(),
        signal: watch.abort,
        onProgress: (progress) => display.show(progress),
      }).finally(() => {
        display.stop();
        watch.stop();
      });
      const { firstDifference, comparedCount, workers, stopped } = report;
      if (terminal.json) terminal.print(JSON.stringify(report, null, 2));
      else if (firstDifference !== null) terminal.print(differenceText(firstDifference));
      else if (!stopped) {
        terminal.print(
          `deterministic: ${comparedCount} replications and every byte of the summary agree ` +
            `between ${workers[0]} and ${workers[1]} workers`,
        );
      }
      const interrupted = watch.exitCode();
      if (interrupted !== null) context.setExitCode(interrupted);
      else if (stopped) context.setExitCode(ExitCode.Incomplete);
      else if (firstDifference !== null) context.setExitCode(ExitCode.InvariantViolated);
    });
}

function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'replication': {
      const { strategy, replication, fingerprints, event } = difference;
      return (
        `not deterministic: first difference in strategy ${escapeLine(strategy)}, ` +
        `replication ${replication}: ${fingerprints[0]} alone, ${fingerprints[1]} together\n` +
        eventText(event)
      );
    }
    case 'replication count': {
      const { strategy, counts } = difference;
      return (
        `not deterministic: strategy ${escapeLine(strategy)} has ${counts[0]} replications ` +
        `alone, ${counts[1]} together`
      );
    }
    case 'summary':
      return (
        'not deterministic: the same events, yet the summaries differ ' +
        `from line ${difference.line} on`
      );
  }
}

function eventText(event: DifferentEvent | null): string {
  if (event === null) {
    return 'two replays in one process agree: it depends on what a process did before';
  }
  const [once, again] = event.lines;
  if (once === null && again === null) {
    return `two replays part after event ${event.index}, now here, now there`;
  }
  const told = (line: string | null): string => (line === null ? 'the end' : escapeLine(line));
  return `two replays part at event ${event.index}:\n  ${told(once)}\n  ${told(again)}`;
}
