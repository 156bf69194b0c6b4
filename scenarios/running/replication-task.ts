import type { RunResult, TimeSpec, WorldSpec } from '../../sim/index.ts';

/** Simulates one replication; what a replication module exports as `runReplication`. */
export type RunReplication = (
  world: WorldSpec,
  seed: string,
  replication: number,
) => RunResult | Promise<RunResult>;

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
}

/** What a replication process answers. */
export type ReplicationAnswer =
  | { readonly line: string }
  | {
      readonly failure: { readonly name: string; readonly message: string; readonly stack: string };
    };

/** The world of a task: pilots watch the series and have no events. */
export function worldOf(task: ReplicationTask, worlds: readonly WorldSpec[]): WorldSpec {
  const world = worlds[task.plan]!;
  if (task.timelineNs === null) return { ...world, time: task.time };
  const record = { ...world.record, timelineNs: task.timelineNs };
  return { ...world, time: task.time, record, events: [] };
}
