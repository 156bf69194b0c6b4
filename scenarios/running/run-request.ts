import type { WorldSpec } from '../../sim/index.ts';
import type { Caption } from '../scenario.ts';
import type { Threshold } from '../schema/threshold.ts';

/** One strategy of a scenario, ready to be simulated (the language's `expand` makes them). */
export interface PlannedStrategy {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly world: WorldSpec;
  readonly isBaseline: boolean;
}

/** `precision: 5% on p95(latency)`: stop when the metric's mean is known this well. */
export interface Precision {
  /** A metric's key in `RunResult.metrics`, such as `latency_p95_s`. */
  readonly metric: string;
  /** Half-width ÷ mean, such as 0.05. */
  readonly relative: number;
  /** Of the interval, such as 0.95. */
  readonly confidence?: number;
}

/** What to run: the decoded scenario, as far as running and reporting need it. */
export interface RunRequest {
  readonly name: string;
  /** The scenario file's bytes as text; its SHA-256 identifies the results. */
  readonly text: string;
  /** The scenario with includes and flags applied, for the manifest. */
  readonly resolved: unknown;
  readonly seed: string;
  /** False: each strategy draws from streams of its own. True by default. */
  readonly commonRandomNumbers?: boolean;
  readonly plans: readonly PlannedStrategy[];
  /** At least `least` of each strategy, at most `most`; `most` without a precision. */
  readonly replications: { readonly least: number; readonly most: number };
  readonly precision: Precision | null;
  /** `auto`: found by MSER-5 on pilot replications. `given`: as in the plans' worlds. */
  readonly warmup: 'auto' | 'given';
  readonly fidelity: string;
  readonly thresholds: readonly Threshold[];
  /** Names of the strategies whose thresholds decide the exit code. */
  readonly gate: readonly string[];
  /** Captions for the dashboard, kept in the manifest. */
  readonly story?: readonly Caption[];
  /** Notes of the language (warnings W…), printed in the summary. */
  readonly notes: readonly string[];
}

export interface RunOptions {
  readonly outDir: string;
  readonly workers: number;
  /** `force` goes on although scenario, seed or version differ, and records it. */
  readonly resume?: boolean | 'force';
  readonly signal?: AbortSignal;
  readonly maxWallMs?: number;
  /** Resident memory of all replication processes together, bytes. */
  readonly maxMemoryBytes?: number;
  /** Stop at the first lost replication instead of finishing the others. */
  readonly failFast?: boolean;
  readonly packageVersion: string;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Module that exports `runReplication`; the simulator's by default. */
  readonly replicationModule?: URL;
}

/** A snapshot for the terminal, after each replication. */
export interface RunProgress {
  readonly phase: 'warm-up' | 'measuring';
  readonly elapsedMs: number;
  /** Guessed from the pace so far; null while there is none. */
  readonly remainingMs: number | null;
  readonly eventsPerSecond: number;
  readonly workers: number;
  readonly pilots: { readonly done: number; readonly of: number } | null;
  readonly strategies: readonly StrategyProgress[];
}

export interface StrategyProgress {
  readonly name: string;
  readonly done: number;
  readonly least: number;
  readonly most: number;
  /** The metric of the precision, else p95 latency. */
  readonly metric: string;
  readonly mean: number | null;
  readonly halfWidth: number | null;
  /** Null without a precision. */
  readonly isPrecise: boolean | null;
}

/** Why a run ended before its end; `null` in the outcome when it did not. */
export type StopReason =
  | 'interrupted'
  | 'max-wall'
  | 'max-memory'
  | 'lost-replications'
  | 'invariant'
  | 'crash';

export interface LostReplication {
  readonly strategy: string;
  readonly replication: number;
  readonly message: string;
}
