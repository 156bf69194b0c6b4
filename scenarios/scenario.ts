import type { WorldSpec } from '../sim/index.ts';
import type { Diagnostic, Sources } from './diagnostics.ts';
import type { Threshold } from './schema/threshold.ts';
import type { ScenarioFiles } from './scenario-files.ts';
import type { Plain } from './tree.ts';

/** A scenario file, checked as a whole: what to run, how, and what must hold. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly file: string;
  /** The top file as written; its SHA-256 (hex) identifies results. */
  readonly text: string;
  readonly sha256: string;
  /** With includes, presets and `--set` applied, strategies not. */
  readonly resolved: Plain;
  readonly run: ScenarioRun;
  readonly thresholds: readonly Threshold[];
  /** Names of the strategies whose thresholds decide the exit code. */
  readonly gate: readonly string[];
  readonly output: {
    readonly record: readonly { readonly what: string; readonly everyNs: number }[];
  };
  readonly story: readonly Caption[];
  /** Names in order; the baseline is one of them. */
  readonly strategies: readonly string[];
  readonly baseline: string;
  readonly hasEvents: boolean;
  readonly warnings: readonly Diagnostic[];
  /** Texts behind the positions, by file name. */
  readonly sources: Sources;
}

/** What the dashboard says at a moment of the story. */
export interface Caption {
  /** null where only the order counts. */
  readonly atNs: number | null;
  /** How long it stays; null = until the next. */
  readonly forNs: number | null;
  readonly text: string;
  /** Path of what it is about: `pop/fra`. */
  readonly show: string | null;
}

export interface ScenarioRun {
  readonly seed: string;
  readonly replicationsMin: number;
  readonly replicationsMax: number;
  readonly precision: ScenarioPrecision | null;
  readonly durationNs: number;
  /** `auto`: the worlds hold 0 and pilot runs decide. */
  readonly warmup: 'auto' | number;
  readonly commonRandomNumbers: boolean;
  readonly fidelity: 'request';
}

export interface ScenarioPrecision {
  /** As written: `5% on p95(latency) at 95%`. */
  readonly text: string;
  /** Key in a replication's metrics: `latency_p95_s`. */
  readonly metric: string;
  readonly relative: number;
  readonly confidence: number;
}

/** One strategy, ready to be simulated. */
export interface StrategyPlan {
  readonly name: string;
  /** What sets it apart, by dotted path, as written. */
  readonly settings: Readonly<Record<string, Plain>>;
  readonly world: WorldSpec;
  readonly isBaseline: boolean;
}

export interface DecodeOptions {
  /** `--set path=value`, applied after includes and before strategies; values are YAML. */
  readonly overrides?: Readonly<Record<string, string>>;
  readonly seed?: string;
  /** `20` or `10..40`. */
  readonly replications?: string | number;
  /** End the story here, if earlier: `10m`. */
  readonly until?: string;
  readonly allowAliases?: boolean;
  /** How files that the scenario names are read; without it they are refused. */
  readonly files?: ScenarioFiles;
}
