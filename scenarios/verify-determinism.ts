import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Summary, TimeSpec } from '../sim/index.ts';
import { firstDifferentEvent, type DifferentEvent } from './first-different-event.ts';
import { sibling } from './running/entry-point.ts';
import { runScenario, type RunOptions, type RunRequest } from './running/index.ts';
import { replicationSeed } from './running/replication-seed.ts';
import type { TraceReplication } from './running/replication-task.ts';

/** Where two runs of one scenario and seed differ, at the earliest place that is known. */
export type Difference =
  | {
      readonly kind: 'replication';
      readonly strategy: string;
      readonly replication: number;
      /** With 1 worker, with several. */
      readonly fingerprints: readonly [string, string];
      /** From a replay of this replication; null where two replays agree. */
      readonly event: DifferentEvent | null;
    }
  | {
      readonly kind: 'replication count';
      readonly strategy: string;
      readonly counts: readonly [number, number];
    }
  /** The same events, yet other figures: the summing up depends on the order of the results. */
  | { readonly kind: 'summary'; readonly line: number };

export interface DeterminismReport {
  readonly workers: readonly [number, number];
  /** Replications of all strategies whose fingerprints were compared. */
  readonly comparedCount: number;
  /** Null: every fingerprint and every byte of the summary agree. */
  readonly firstDifference: Difference | null;
  /** A run was cut short, so that nothing is proved. */
  readonly stopped: boolean;
}

/**
 * Runs a scenario twice, with one worker and with `workers`, in temporary folders that are removed,
 * and compares the fingerprint of every replication and the bytes of both summaries. The first
 * replication that differs is replayed in this process, to name the event at which it does.
 */
export async function verifyDeterminism(
  request: RunRequest,
  options: Omit<RunOptions, 'outDir'>,
): Promise<DeterminismReport> {
  const folder = await mkdtemp(join(tmpdir(), 'anycastle-verify-'));
  const workers = Math.max(2, options.workers);
  try {
    const run = async (name: string, workerCount: number) => {
      const outDir = join(folder, name);
      const outcome = await runScenario(request, { ...options, outDir, workers: workerCount });
      return { ...outcome, text: await readFile(join(outDir, 'summary.json'), 'utf8') };
    };
    const alone = await run('one', 1);
    const together = await run('many', workers);
    const fingerprints = Object.values(alone.summary.strategies).map(
      (one) => one.fingerprints.length,
    );
    const difference = firstFingerprintDifference(alone.summary, together.summary);
    return {
      workers: [1, workers],
      comparedCount: fingerprints.reduce((sum, count) => sum + count, 0),
      firstDifference:
        (await withEvent(difference, request, options, alone.warmUp)) ??
        firstLineDifference(alone.text, together.text),
      stopped: alone.stopped !== null || together.stopped !== null,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In the order of replications, then strategies: the first that a reader could replay. */
export function firstFingerprintDifference(a: Summary, b: Summary): Difference | null {
  for (const [strategy, { fingerprints }] of Object.entries(a.strategies)) {
    const counts = [fingerprints.length, b.strategies[strategy]?.fingerprints.length ?? 0] as const;
    if (counts[0] !== counts[1]) return { kind: 'replication count', strategy, counts };
  }
  const count = Math.max(0, ...Object.values(a.strategies).map((one) => one.fingerprints.length));
  for (let replication = 0; replication < count; replication++) {
    for (const [strategy, one] of Object.entries(a.strategies)) {
      const pair = [
        one.fingerprints[replication] ?? '',
        b.strategies[strategy]?.fingerprints[replication] ?? '',
      ] as const;
      if (pair[0] !== pair[1])
        return { kind: 'replication', strategy, replication, fingerprints: pair, event: null };
    }
  }
  return null;
}

/** Replays the replication that differed, to name the event. */
async function withEvent(
  difference: Difference | null,
  request: RunRequest,
  options: Omit<RunOptions, 'outDir'>,
  warmUp: Pick<TimeSpec, 'preRunNs' | 'cutNs'>,
): Promise<Difference | null> {
  if (difference?.kind !== 'replication') return difference;
  const module = options.replicationModule ?? sibling('simulate');
  const { traceReplication } = (await import(module.href)) as {
    traceReplication?: TraceReplication;
  };
  if (traceReplication === undefined) return difference;
  const { strategy, replication } = difference;
  const { world } = request.plans.find(({ name }) => name === strategy)!;
  const timed = { ...world, time: { ...world.time, ...warmUp } };
  const seed = replicationSeed(request, strategy);
  const event = await firstDifferentEvent((see) => traceReplication(timed, seed, replication, see));
  return { ...difference, event };
}

function firstLineDifference(a: string, b: string): Difference | null {
  if (a === b) return null;
  const other = b.split('\n');
  const line = a.split('\n').findIndex((text, i) => text !== other[i]);
  return { kind: 'summary', line: (line < 0 ? a.split('\n').length : line) + 1 };
}
