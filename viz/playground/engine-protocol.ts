import type { MetricValues, Timeline } from '../../sim/report.ts';
import type { RecordingIndex } from '../../sim/recording.ts';
import type { Edits } from './edits.ts';
import type { ServerCounts } from './edit-scenario.ts';

/** What the page asks of the engine. */
export interface EngineOrder {
  readonly order: number;
  /** The scenario as it was run; its resolved form where it includes files. */
  readonly text: string;
  readonly seed: string;
  readonly strategy: string;
  readonly edits: Edits;
  readonly servers: ServerCounts;
  /** Found by pilots, seconds; null where the scenario says it. */
  readonly warmUp_s: number | null;
}

export type EngineAnswer =
  | {
      readonly order: number;
      readonly isDone: true;
      /** The scenario with the edits in it. */
      readonly text: string;
      readonly fingerprint: string;
      readonly eventCount: number;
      /** Time that the simulation took, on this machine. */
      readonly wall_s: number;
      readonly metrics: MetricValues;
      readonly timeline: Timeline | null;
      readonly index: RecordingIndex;
      readonly files: ReadonlyMap<string, Uint8Array>;
    }
  | {
      readonly order: number;
      readonly isDone: false;
      readonly text: string;
      /** Why the scenario cannot be run, a sentence each. */
      readonly problems: readonly string[];
    };

/** Sent once when the engine is ready. */
export interface EngineReady {
  readonly policies: readonly string[];
}
