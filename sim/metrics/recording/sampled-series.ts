import type { AreaMeter } from '../area-meter.ts';
import type { Buckets } from '../buckets.ts';

/** A series that reads gauges at the end of each of its buckets. */
export interface SampledSeries {
  readonly buckets: Buckets;
  readonly meters: readonly AreaMeter[];
  /** The open bucket ends now. */
  close(nowNs: number): void;
}
