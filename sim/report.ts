import type { EntityTables, EntityWindows, MetricValues, Timeline } from './run-result.ts';

/**
 * The shape of `summary.json`, format 1: what a run of a scenario is worth, over replications. The
 * only contract between whoever computes and whoever shows. SI base units, the unit at the end of
 * the key; plain JSON, so no NaN and no Infinity anywhere.
 */
export interface Summary {
  readonly format: 1;
  readonly scenario: { readonly name: string; readonly sha256: string };
  readonly run: RunFacts;
  /** Name of the strategy others are compared with. */
  readonly baseline: string;
  readonly strategies: Readonly<Record<string, StrategySummary>>;
  readonly comparisons: readonly Comparison[];
  readonly rankings: readonly Ranking[];
  readonly thresholds: readonly ThresholdResult[];
  /** Strategies whose thresholds decide the exit code. */
  readonly gate: readonly string[];
  readonly notes: readonly string[];
}

export interface RunFacts {
  readonly seed: string;
  /** Replications each strategy was given, 0 … this − 1 (fewer finished when `partial`). */
  readonly replications: number;
  readonly duration_s: number;
  /** Simulated before the measured window: the pre-run, or the part cut from the start. */
  readonly warmup_s: number;
  readonly fidelity: string;
  /** There where each strategy drew random numbers of its own, so comparisons are not paired. */
  readonly common_random_numbers?: false;
  /** True when something is missing: interrupted, out of time, or a replication lost. */
  readonly partial: boolean;
}

/**
 * An average over replications with its 95 % interval; `low` and `high` are null when one
 * replication gives no interval. The whole is null where no replication had data.
 */
export interface Estimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly replications: number;
}

export type MetricEstimates = Readonly<Record<string, Estimate | null>>;

export interface StrategySummary {
  /** What sets the strategy apart, by dotted path of the scenario. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** One per replication in order, 16 hex digits. */
  readonly fingerprints: readonly string[];
  readonly metrics: MetricEstimates;
  readonly pops: Readonly<Record<string, MetricEstimates>>;
  readonly servers: Readonly<Record<string, MetricEstimates>>;
  readonly classes: Readonly<Record<string, MetricEstimates>>;
  readonly links: Readonly<Record<string, MetricEstimates>>;
  readonly origins: Readonly<Record<string, MetricEstimates>>;
  readonly regions: Readonly<Record<string, MetricEstimates>>;
  readonly prefixes: Readonly<Record<string, MetricEstimates>>;
  /** Key: event name. The same metrics over requests that arrived during, before, after it. */
  readonly windows: Readonly<Record<string, WindowSummary>>;
}

export interface WindowSummary {
  readonly metrics: MetricEstimates;
  readonly before: MetricEstimates;
  readonly after: MetricEstimates;
  /** Of entities, where a threshold asks for them; the same metrics as over the whole run. */
  readonly entities?: EntityWindowEstimates;
}

/** By part of the story (`during`), kind (`pops`) and name. */
export type EntityWindowEstimates = Readonly<
  Partial<
    Record<
      keyof EntityWindows,
      Readonly<Partial<Record<keyof EntityTables, Readonly<Record<string, MetricEstimates>>>>>
    >
  >
>;

export type Verdict = 'better' | 'worse' | 'no worse' | 'no difference shown' | 'inconclusive';

/**
 * A strategy against the baseline, paired by replication (common random numbers), else by Welch's
 * t.
 */
export interface Comparison {
  readonly metric: string;
  /** Name of the event during which; absent for the whole run. */
  readonly during?: string;
  readonly strategy: string;
  readonly baseline: string;
  /** strategy ÷ baseline − 1, on the logarithmic scale; null where a value is not positive. */
  readonly relative_difference: Estimate | null;
  /** strategy − baseline in the metric's unit. */
  readonly difference: Estimate | null;
  /**
   * Two-sided paired (or Welch's) t, Holm over all comparisons of the summary; null when
   * inconclusive.
   */
  readonly p_adjusted: number | null;
  readonly verdict: Verdict;
  /** Replications in which the strategy was strictly better than the baseline. */
  readonly better_in: number;
  /** There where the runs shared no random numbers. */
  readonly paired?: false;
  /** Variance of the difference of independent runs ÷ that of the paired ones; else null. */
  readonly variance_reduction: number | null;
}

/** The strategies by one metric, best first. */
export interface Ranking {
  readonly metric: string;
  readonly order: readonly string[];
  /** Mean of Kendall's tau-b between each replication's ranking and `order`, −1 … 1. */
  readonly kendall_tau: number | null;
  /** Strategies that may be the best (Hsu's multiple comparisons with the best, 95 %). */
  readonly best_candidates: readonly string[];
}

export type ThresholdOutcome = 'pass' | 'fail' | 'inconclusive' | 'no data';

export interface ThresholdResult {
  readonly text: string;
  readonly strategy: string;
  readonly value: Estimate | null;
  /** The entity that decided, where the threshold looks at several (`max(… of links)`). */
  readonly entity?: string;
  readonly result: ThresholdOutcome;
  /** Why it is not a plain pass or fail, in words. */
  readonly reason?: string;
}

/** `timeline/STRATEGY.json`: per bucket the mean over replications, and the band of p95. */
export interface TimelineFile {
  readonly format: 1;
  readonly strategy: string;
  readonly replications: number;
  readonly start_s: number;
  readonly bucket_s: number;
  readonly requests: readonly number[];
  readonly completed: readonly number[];
  readonly failed: readonly number[];
  /** The failed by class: 5xx, given up by the client, nobody answered. */
  readonly errors: readonly number[];
  readonly timeouts: readonly number[];
  readonly unreachable: readonly number[];
  /** Of look-ups in edge caches, those answered from them; null without any. */
  readonly hit_ratio: readonly (number | null)[];
  /** Busy slots ÷ slots: 95th percentile and maximum over POPs. */
  readonly utilisation_p95: readonly (number | null)[];
  readonly utilisation_max: readonly (number | null)[];
  /** Requests in servers, waiting or served. */
  readonly in_flight: readonly (number | null)[];
  readonly latency_mean_s: readonly (number | null)[];
  readonly latency_p50_s: readonly (number | null)[];
  readonly latency_p95_s: readonly (number | null)[];
  readonly latency_p95_s_min: readonly (number | null)[];
  readonly latency_p95_s_max: readonly (number | null)[];
  readonly latency_p99_s: readonly (number | null)[];
  readonly pop_requests: Readonly<Record<string, readonly number[]>>;
}

/** `manifest.json`: the only file that may differ between two runs of one scenario and seed. */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly scenario_text: string;
  readonly scenario_sha256: string;
  /** SHA-256 of the decoded strategies: flags such as `--set` and `--only` change it. */
  readonly plans_sha256: string;
  readonly resolved: unknown;
  readonly seed: string;
  readonly package_version: string;
  readonly node_version: string;
  readonly host: Readonly<Record<string, string | number>>;
  readonly strategies: readonly string[];
  /** Captions for the dashboard, in the order in which they are shown. */
  readonly story?: readonly StoredCaption[];
  readonly workers: number;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly wall_s: number | null;
  readonly state: 'running' | 'complete' | 'partial';
  /** What was overridden or resumed, newest last. */
  readonly notes: readonly string[];
  /** SHA-256 of the other files, by relative path; filled in when the run ends. */
  readonly files: Readonly<Record<string, string>>;
}

export interface StoredCaption {
  /** On the scenario's clock; null where only the order counts. */
  readonly at_s: number | null;
  /** How long it stays; null or absent = until the next. */
  readonly for_s?: number | null;
  readonly text: string;
  /** Path of what it is about, `pop/fra`; null or absent = the whole. */
  readonly show?: string | null;
}

export type { MetricValues, Timeline };
