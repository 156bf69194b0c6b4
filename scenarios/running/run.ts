import { join } from 'node:path';
import type { Summary, TimeSpec } from '../../sim/index.ts';
import { aggregate } from '../report/aggregate.ts';
import { timelineFile, timelinePath } from '../report/timeline-file.ts';
import { SUMMARY_FILE, summaryText } from '../report/summary-file.ts';
import { writeDurably } from './durable-file.ts';
import { lockFolder } from './folder-lock.ts';
import { makeFolder } from './make-folder.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';
import type { LostReplication, RunOptions, RunRequest, StopReason } from './run-request.ts';
import { RunLoop } from './run-loop.ts';
import { sha256 } from './manifest.ts';
import { recordingHashes } from './recording-files.ts';

export interface RunOutcome {
  readonly summary: Summary;
  /** Why the run ended early; null when it did not. */
  readonly stopped: StopReason | null;
  readonly lost: readonly LostReplication[];
  readonly outDir: string;
  /** As given, or as the pilots found. */
  readonly warmUp: Pick<TimeSpec, 'preRunNs' | 'cutNs'>;
}

/**
 * Runs a scenario: pilots for the warm-up, then all strategies in lock-step until there are enough
 * replications, then the summary. Everything finished is on disk before the next begins; what
 * `resume` finds there is not done again. An abort, a time limit or a crash keeps what there is and
 * gives a partial summary. Throws a FolderError when the folder cannot be used.
 */
export async function runScenario(request: RunRequest, options: RunOptions): Promise<RunOutcome> {
  await makeFolder(options.outDir);
  const unlock = lockFolder(options.outDir);
  let folder: RunFolder | null = null;
  try {
    folder = await openRunFolder(request, options);
    const loop = new RunLoop(request, options, folder);
    const end = await loop.run();
    const outcome = await report(request, options, folder, end);
    await folder.finish(end.stopped === null, outcome.files);
    return {
      summary: outcome.summary,
      stopped: end.stopped,
      lost: end.lost,
      outDir: options.outDir,
      warmUp: end.warmUp,
    };
  } finally {
    await folder?.close();
    unlock();
  }
}

type LoopEnd = Awaited<ReturnType<RunLoop['run']>>;

async function report(
  request: RunRequest,
  options: RunOptions,
  folder: RunFolder,
  end: LoopEnd,
): Promise<{ summary: Summary; files: Record<string, string> }> {
  const summary = aggregate({
    request,
    sha256: folder.manifest.scenario_sha256,
    results: end.results,
    warmUp: end.warmUp,
    isPartial: end.stopped !== null,
    notes: [
      ...end.notes,
      ...end.lost.map(
        ({ strategy, replication, message }) =>
          `missing: ${strategy}, replication ${replication} (${message})`,
      ),
    ],
  });
  const files: Record<string, string> = {};
  const write = async (path: string, text: string): Promise<void> => {
    await writeDurably(join(options.outDir, path), text);
    files[path] = sha256(text);
  };
  for (const [index, { name }] of request.plans.entries()) {
    const timeline = timelineFile(name, end.results[index]!);
    if (timeline !== null) await write(timelinePath(name), `${JSON.stringify(timeline)}\n`);
    Object.assign(files, await recordingHashes(options.outDir, name));
  }
  await write(SUMMARY_FILE, summaryText(summary));
  return { summary, files };
}
