import type { RecordedCatchments, RecordedEvent, RecordedMoments } from './recorded-moments.ts';
import type { RecordedSeriesSet } from './recorded-series.ts';
import type { RecordedWorld } from './recorded-world.ts';

export type * from './recorded-moments.ts';
export type * from './recorded-request.ts';
export type * from './recorded-series.ts';
export type * from './recorded-world.ts';

/**
 * The recording of one replication (number 0) of one strategy: what the dashboard plays. It is a
 * set of files in the folder `timeline/STRATEGY/` of a results folder (STRATEGY as in
 * `timeline/STRATEGY.json`, which is something else: the means over all replications):
 *
 *   index.json            a `RecordingIndex`: everything that is small
 *   pops-0-0.bin …        chunks of the series: SERIES-LEVEL-CHUNK.bin, see `recorded-series.ts`
 *   traces.json           a `RecordedTraces`, where `output.trace` asked for it
 *
 * Units stand at the end of each key (`_s` seconds on the scenario's clock, where 0 is the start of
 * the story; `_bps` bits per second); ratios and counts have none. Entities are called by their
 * index in the lists of `world`; -1 = none.
 */
export interface RecordingIndex {
  /** Raised when an older reader would misread the files. */
  readonly format: 1;
  readonly scenario: string;
  readonly strategy: string;
  readonly seed: string;
  readonly replication: number;
  /** 16 hex digits, as in the results: whose recording this is. */
  readonly fingerprint: string;
  readonly duration_s: number;
  /** Start of the measured window (a cut warm-up); 0 where the story is measured from its start. */
  readonly cut_s: number;
  readonly world: RecordedWorld;
  readonly series: RecordedSeriesSet;
  /** How bytes stand for ratios, see `ByteScale`. */
  readonly byte_scale: ByteScale;
  /** null in a laboratory, which has no client regions. */
  readonly catchments: RecordedCatchments | null;
  /** What changed when, apart from catchments. */
  readonly moments: RecordedMoments;
  /** The story's events in order of time: flags on every time axis. */
  readonly events: readonly RecordedEvent[];
  /** null where the scenario asked for no traces. */
  readonly traces: {
    readonly file: string;
    readonly count: number;
    /** One request in this many. */
    readonly one_in: number;
  } | null;
}

/**
 * A ratio in one byte: 0 is exactly 0; 1 … `full` stand for (0, 1], rounded up, so v ÷ `full`;
 * `over` is anything above 1; `none` is no value (a link that is down, nothing to measure).
 */
export interface ByteScale {
  readonly full: 250;
  readonly over: 251;
  readonly none: 255;
}

/** The files of a recording in memory, by their name within its folder; same bytes as on disk. */
export interface Recording {
  readonly index: RecordingIndex;
  /** Every file but `index.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}
