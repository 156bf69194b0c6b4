import type { Manifest, Summary, TimelineFile } from '../../sim/report.ts';

/** What the page knows of a results folder before any recording is loaded. */
export interface Report {
  readonly summary: Summary;
  readonly manifest: Manifest | null;
  /** By position of the strategy in `strategies`; null where no timeline was recorded. */
  readonly timelines: readonly (TimelineFile | null)[];
  /** Names in the order of the summary: position I of `timeline-I` and `recording-I`. */
  readonly strategies: readonly string[];
  /** What could not be read, in words; the rest is shown. */
  readonly problems: readonly string[];
}

export const timelineOf = (report: Report, strategy: string): TimelineFile | null =>
  report.timelines[report.strategies.indexOf(strategy)] ?? null;
