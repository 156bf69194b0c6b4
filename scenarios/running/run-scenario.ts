import type { RunOutcome } from './run.ts';
import type { RunOptions, RunRequest } from './run-request.ts';

/** `run.ts`, loaded when something is run: whoever validates or reports needs no worker pool. */
export async function runScenario(request: RunRequest, options: RunOptions): Promise<RunOutcome> {
  const { runScenario: run } = await import('./run.ts');
  return run(request, options);
}
