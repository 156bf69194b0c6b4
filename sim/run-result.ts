/**
 * What one replication of one strategy leaves behind: plain numbers in SI base units with the unit
 * at the end of the key. One line of `results.jsonl` holds one of these. `null` = no data (never
 * NaN, never 0 for "unknown").
 */
export type MetricValues = Readonly<Record<string, number | null>>;

export interface RunResult {
  readonly strategy: string;
  readonly replication: number;
  /** 64 bits over (time, kind, subject, outcome) of every event, 16 hex digits. */
  readonly fingerprint: string;
  readonly eventCount: number;
  /** Requests that had arrived in the measured window but not ended when the run was over. */
  readonly unfinished: number;
  readonly metrics: MetricValues;
  readonly pops: Readonly<Record<string, MetricValues>>;
  /** Key: `POP/SERVER`. */
  readonly servers: Readonly<Record<string, MetricValues>>;
  readonly classes: Readonly<Record<string, MetricValues>>;
  readonly links: Readonly<Record<string, MetricValues>>;
  readonly origins: Readonly<Record<string, MetricValues>>;
  readonly regions: Readonly<Record<string, MetricValues>>;
  readonly prefixes: Readonly<Record<string, MetricValues>>;
  /** Key: event name; the world's metrics over requests that arrived during [at, until). */
  readonly windows: Readonly<Record<string, MetricValues>>;
  /** Same, over requests that arrived before the event began, and after it ended. */
  readonly before: Readonly<Record<string, MetricValues>>;
  readonly after: Readonly<Record<string, MetricValues>>;
  /** Key: event name; only what a threshold asks for. Absent where none does. */
  readonly entityWindows?: Readonly<Record<string, EntityWindows>>;
  readonly timeline: Timeline | null;
}

/** Figures of entities during an event, before it began and after it ended. */
export type EntityWindows = Readonly<Partial<Record<'during' | 'before' | 'after', EntityTables>>>;

/** The same metrics as over the whole run, by name; only kinds that were asked for. */
export type EntityTables = Readonly<
  Partial<
    Record<
      'pops' | 'servers' | 'classes' | 'links' | 'origins' | 'regions' | 'prefixes',
      Readonly<Record<string, MetricValues>>
    >
  >
>;

/** Columns of equal length; bucket i covers [startNs + i·bucketNs, startNs + (i+1)·bucketNs). */
export interface Timeline {
  readonly startNs: number;
  readonly bucketNs: number;
  readonly requests: readonly number[];
  readonly completed: readonly number[];
  readonly failed: readonly number[];
  /** Of the failed: 5xx (503 for want of room among them), given up by the client, no answer. */
  readonly errors: readonly number[];
  readonly timeouts: readonly number[];
  readonly unreachable: readonly number[];
  /** Look-ups in edge caches and those answered from them; a pass is none. */
  readonly lookUps: readonly number[];
  readonly hits: readonly number[];
  /** Sum over completed requests that arrived in the bucket, seconds. */
  readonly latencySum_s: readonly number[];
  readonly latencyP50_s: readonly (number | null)[];
  readonly latencyP95_s: readonly (number | null)[];
  readonly latencyP99_s: readonly (number | null)[];
  /** Over POPs, busy slots ÷ slots, means over the bucket; empty where nobody read the gauges. */
  readonly utilisationP95: readonly number[];
  readonly utilisationMax: readonly number[];
  /** Requests in servers, waiting or served, mean over the bucket. */
  readonly inFlight: readonly number[];
  /** Requests served per POP name and bucket. */
  readonly popRequests: Readonly<Record<string, readonly number[]>>;
}
