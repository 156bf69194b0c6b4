import {
  describePlan,
  exitCodeFor,
  runScenario,
  type PlanDescription,
  type RunOptions,
  type RunOutcome,
  type RunRequest,
} from '../scenarios/index.ts';
import type { ExitCode } from './exit-code.ts';
import { packageVersion } from './package-root.ts';
import { watchSignals } from './signals.ts';
import { summaryText } from './summary/summary-text.ts';
import { escapeLine } from './terminal/escape.ts';
import { createProgressDisplay } from './terminal/progress.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface SimulateOptions {
  readonly outDir: string;
  readonly workers: number;
  readonly resume: boolean | 'force';
  readonly failFast: boolean;
  readonly maxWallMs: number | undefined;
  readonly maxMemoryBytes: number | undefined;
}

export interface ExecuteOptions extends SimulateOptions {
  readonly allowInconclusive: boolean;
  readonly full: boolean;
}

/**
 * Runs a scenario in front of a person or a pipe: a headline, progress, then the summary (as JSON
 * with `--json`). The first Ctrl-C ends it gracefully, the second at once. Returns the exit code.
 */
export async function executeRun(
  request: RunRequest,
  terminal: Terminal,
  options: ExecuteOptions,
): Promise<ExitCode> {
  const plan = describePlan(request);
  terminal.say(headline(plan));
  for (const warning of plan.warnings) {
    terminal.say(`${terminal.errorPalette.unsure('warning:')} ${escapeLine(warning)}`);
  }
  const outcome = await simulate(request, terminal, options);
  const { allowInconclusive } = options;
  const judged = exitCodeFor(outcome.summary, outcome.stopped, { allowInconclusive });
  const exitCode = outcome.stopped === 'interrupted' ? (outcome.signalCode ?? judged) : judged;
  show(outcome, exitCode, terminal, options);
  return exitCode as ExitCode;
}

/** Runs with a progress display; the outcome also says which signal ended it, if one did. */
export async function simulate(
  request: RunRequest,
  terminal: Terminal,
  options: SimulateOptions,
): Promise<RunOutcome & { readonly signalCode: ExitCode | null }> {
  const display = await createProgressDisplay(terminal);
  const watch = watchSignals(() =>
    terminal.say('stopping; finished replications are kept (once more to stop at once)'),
  );
  try {
    const outcome = await runScenario(request, {
      ...runOptions(options),
      signal: watch.abort,
      onProgress: (progress) => display.show(progress),
    });
    return { ...outcome, signalCode: watch.exitCode() };
  } finally {
    display.stop();
    watch.stop();
  }
}

function runOptions(options: SimulateOptions): RunOptions {
  const { outDir, workers, resume, failFast, maxWallMs, maxMemoryBytes } = options;
  return {
    outDir,
    workers,
    resume,
    failFast,
    packageVersion: packageVersion(),
    ...(maxWallMs === undefined ? {} : { maxWallMs }),
    ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes }),
  };
}

function show(
  outcome: RunOutcome,
  exitCode: number,
  terminal: Terminal,
  { outDir, full }: ExecuteOptions,
): void {
  for (const { strategy, replication, message } of outcome.lost) {
    terminal.warn(
      `${terminal.errorPalette.bad('missing:')} strategy ${escapeLine(strategy)}, ` +
        `replication ${replication}: ${escapeLine(message)}`,
    );
  }
  if (terminal.json) {
    terminal.print(JSON.stringify(outcome.summary, null, 2));
    return;
  }
  const { palette, width } = terminal;
  const next = `anycastle view ${outDir}`;
  terminal.print(summaryText(outcome.summary, { palette, width, full, exitCode, next }));
}

/** `pop-failure   25 POPs · 43 links · 5 strategies · 10..40 replications · seed 1`. */
function headline(plan: PlanDescription): string {
  const { least, most } = plan.replications;
  const counts: readonly (readonly [number, string, string])[] = [
    [plan.popCount, 'POP', 'POPs'],
    [plan.linkCount, 'link', 'links'],
    [plan.regionCount, 'region', 'regions'],
    [plan.strategyCount, 'strategy', 'strategies'],
  ];
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  const replications = least === most ? String(most) : `${least}..${most}`;
  const rest = [`${replications} replications`, `seed ${escapeLine(plan.seed)}`];
  return `${escapeLine(plan.name)}   ${[...parts, ...rest].join(' · ')}`;
}
