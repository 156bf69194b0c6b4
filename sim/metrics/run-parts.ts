import type { WorldSpec } from '../world.ts';
import type { ScalingLog } from '../autoscaling/scaling-log.ts';
import type { Collectors } from './collectors.ts';
import type { EntityNames } from './entity-names.ts';
import type { Gauges } from './gauges.ts';
import type { LoadColumns } from './load-timeline.ts';
import type { WindowGauges } from './windows/window-gauges.ts';

/** What is left when a replication is over. */
export interface RunParts {
  readonly world: WorldSpec;
  readonly replication: number;
  readonly names: EntityNames;
  readonly collectors: Collectors;
  readonly gauges: Gauges;
  /** Absent: nobody scales. */
  readonly scaling?: ScalingLog;
  /** For the time series; absent without one. */
  readonly loads?: LoadColumns;
  /** Where a threshold asks for origins or links in a part of the story. */
  readonly windowGauges?: WindowGauges;
  /** 16 hex digits. */
  readonly fingerprint: string;
  readonly eventCount: number;
  readonly unfinished: number;
}
