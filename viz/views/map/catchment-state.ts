import type { RecordedWorld } from '../../../sim/recording.ts';
import { lostAt } from './focus-places.ts';
import type { MapModel } from './map-model.ts';

/** What decides how the land looks. */
export interface CatchmentState {
  readonly world: RecordedWorld;
  /** By region. */
  readonly pops: ArrayLike<number>;
  readonly changed_s: ArrayLike<number>;
  readonly time_s: number;
  /** Whether nobody answers there: routes still lead to a POP that is down. */
  readonly isLost: (pop: number) => boolean;
  /** Share of the busiest place's requests, 0 … 1, by place. */
  readonly load: (place: number) => number;
  /** Whether a place is drawn quietly: it has nothing to do with the POP that is looked at. */
  readonly isQuiet: (place: number) => boolean;
  /** POPs whose land has dots. */
  readonly dotted: ReadonlySet<number>;
}

type Inputs = Pick<MapModel, 'recording' | 'load' | 'focus' | 'catchments' | 'dotted'>;

/** What the land shows of a model; null in a laboratory. Reads signals. */
export function catchmentState(model: Inputs, time_s: number): CatchmentState | null {
  const { recording, load, focus } = model;
  const history = model.catchments.value;
  if (history === null) return null;
  const focused = focus.value === null ? null : new Set(focus.value.map(({ place }) => place));
  return {
    world: recording.value.index.world,
    pops: history.pops,
    changed_s: history.changed_s,
    time_s,
    isLost: lostAt(recording.value, time_s),
    load: load.value,
    isQuiet: (place) => focused !== null && !focused.has(place),
    dotted: model.dotted.value,
  };
}
