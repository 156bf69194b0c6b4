import type { Recording, RunResult, TimeSpec, WorldSpec } from '../../sim/index.ts';

/**
 * Simulates one replication; what a replication module exports as `runReplication`. Where `record`
 * is there, it also records what the world asks for and hands it over before the result.
 */
export type RunReplication = (
  world: WorldSpec,
  seed: string,
  replication: number,
  record?: (recording: Recording) => Promise<void>,
) => RunResult | Promise<RunResult>;

/** The same with a line for each event; a module may export it as `traceReplication`. */
export type TraceReplication = (
  world: WorldSpec,
  seed: string,
  replication: number,
  trace: (line: string) => void,
) => void | Promise<void>;

/** One replication of one strategy, small enough to be sent each time. */
export interface ReplicationTask {
  readonly kind: 'pilot' | 'measured';
  /** Position of the strategy in the plans, whose worlds the workers already have. */
  readonly plan: number;
  readonly strategy: string;
  readonly replication: number;
  /** Replaces the world's: warm-up is known only after the pilots. */
  readonly time: TimeSpec;
  /** Pilots: width of the time series' buckets; measured replications record what was asked for. */
  readonly timelineNs: number | null;
}

/** What every worker is given once. */
export interface WorkerSetup {
  readonly worlds: readonly WorldSpec[];
  /** By plan: the same for all with common random numbers. */
  readonly seeds: readonly string[];
  readonly replicationModule: string;
  /** Results folder, where a process puts the recording of its replication. */
  readonly outDir: string;
}

/** What a replication process answers. */
export type ReplicationAnswer =
  | { readonly line: string }
  | {
      readonly failure: { readonly name: string; readonly message: string; readonly stack: string };
    };

/** One replication of each strategy is recorded in detail. */
export function isRecorded(
  { kind, replication }: Pick<ReplicationTask, 'kind' | 'replication'>,
  { record }: WorldSpec,
): boolean {
  return kind === 'measured' && replication === 0 && record.recording !== undefined;
}

/** The world of a task: pilots watch the series and have no events. */
export function worldOf(task: ReplicationTask, worlds: readonly WorldSpec[]): WorldSpec {
  const world = worlds[task.plan]!;
  if (task.timelineNs === null) return { ...world, time: task.time };
  const record = { ...world.record, timelineNs: task.timelineNs };
  return { ...world, time: task.time, record, events: [] };
}
