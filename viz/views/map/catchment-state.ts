import type { CatchmentState } from './catchment-layer.ts';
import { lostAt } from './focus-places.ts';
import type { MapModel } from './map-model.ts';

/** What the land shows of a model; null in a laboratory. Reads signals. */
export function catchmentState(model: MapModel, time_s: number): CatchmentState | null {
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
  };
}
