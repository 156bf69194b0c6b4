import { availableParallelism } from 'node:os';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import { loadRequest } from '../load-scenario.ts';
import {
  parseMemory,
  parseReplications,
  parseResume,
  parseWallTime,
  parseWorkers,
} from '../option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { RunViewer } from '../view/run-viewer.ts';

/** `anycastle run FILE`: every strategy, replicated, compared, judged. */
export function runCommand(context: CommandContext) {
  return new Command('run')
    .description('simulate every strategy of a scenario, compare them, judge the thresholds')
    .addArgument(new Argument('<scenario>', 'file, or a name of the library (anycastle list)'))
    .option('--out <dir>', 'results folder (default: out/NAME)')
    .option('--seed <seed>', 'another seed')
    .option('--replications <count>', 'e.g. 20 or 10..40', parseReplications)
    .option('--workers <count>', 'processes (default: as many as cores)', parseWorkers)
    .option('--only <strategy...>', 'these strategies')
    .option('--set <path=value...>', 'change a setting of the file')
    .option('--until <time>', 'end the measured story earlier, e.g. 10m')
    .addOption(
      new Option('--resume [how]', "go on where an earlier run stopped; 'force' mixes runs")
        .argParser(parseResume)
        .preset('on'),
    )
    .option('--fail-fast', 'stop at the first lost replication')
    .option(
      '--max-wall <time>',
      'stop after this much real time, keep what there is',
      parseWallTime,
    )
    .option('--max-memory <size>', 'of all workers together, e.g. 4GiB', parseMemory)
    .option('--allow-inconclusive', 'exit 0 although a threshold is undecided')
    .option('--view', 'show it in the browser meanwhile, and afterwards until Ctrl-C')
    .option('--full', 'every strategy and metric, however wide')
    .action(async (scenario, options) => {
      const terminal = context.terminal();
      const request = await loadRequest(scenario, options, terminal);
      if (request === null) return context.setExitCode(ExitCode.InvalidScenario);
      const { executeRun } = await import('../execute-run.ts');
      const outDir = options.out ?? `out/${folderName(request.name)}`;
      const viewer = options.view === true ? await startViewer(outDir, terminal) : null;
      const exitCode = await executeRun(request, terminal, {
        outDir,
        workers: options.workers ?? availableParallelism(),
        resume: options.resume ?? false,
        failFast: options.failFast === true,
        maxWallMs: options.maxWall,
        maxMemoryBytes: options.maxMemory,
        allowInconclusive: options.allowInconclusive === true,
        full: options.full === true,
      });
      // Who has pressed Ctrl-C once does not want to press it again.
      if (!STOPPED_BY_SIGNAL.includes(exitCode)) await viewer?.untilStopped();
      context.setExitCode(exitCode);
    });
}

const STOPPED_BY_SIGNAL: readonly ExitCode[] = [
  ExitCode.Interrupted,
  ExitCode.Terminated,
  ExitCode.Hangup,
];

async function startViewer(outDir: string, terminal: Terminal): Promise<RunViewer> {
  const { startRunViewer } = await import('../view/run-viewer.ts');
  return startRunViewer(outDir, terminal);
}

/** The scenario's name as a folder: what is no letter, digit, dot or dash becomes a dash. */
function folderName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.]+/, '');
  return safe === '' ? 'run' : safe.slice(0, 100);
}
