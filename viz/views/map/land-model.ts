import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { CatchmentHistory } from '../../data/catchment-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Store } from '../../store.ts';
import type { Arc } from './arc-layer.ts';
import { catchmentState } from './catchment-state.ts';
import { cellLooks, unlessSame, type CellLooks } from './cell-looks.ts';
import { placesOf } from './focus-places.ts';
import type { MapGeometry } from './map-geometry.ts';
import { placeLoads } from './place-loads.ts';
import { dottedPops } from './second-channel.ts';

/** What the land shows at the store's time, as signals. */
export interface LandModel {
  /** Moved to the store's time; `catchmentVersion` says when its contents have changed. */
  readonly catchments: ReadonlySignal<CatchmentHistory | null>;
  readonly catchmentVersion: ReadonlySignal<string>;
  /** Load of a place as a share of the busiest one's, 0 … 1. */
  readonly load: ReadonlySignal<(place: number) => number>;
  /** POPs whose land has dots. */
  readonly dotted: ReadonlySignal<ReadonlySet<number>>;
  /** How each place's cell is drawn: the same object while none changes. */
  readonly cells: ReadonlySignal<CellLooks | null>;
  /** Places of the selected POP; null while no POP is selected. */
  readonly focus: ReadonlySignal<readonly Arc[] | null>;
}

/** Hatches end some time after a change: looked at once in this many seconds of the story. */
const HATCH_STEP_S = 5;
/** Rates of places change slowly: looked at once in this many seconds of the story. */
const LOAD_STEP_S = 30;

export function landModel(
  store: Store,
  recording: ReadonlySignal<RecordingPlayer>,
  geometry: ReadonlySignal<MapGeometry>,
): LandModel {
  const catchments = computed(() => recording.value.catchments());
  const catchmentVersion = computed(() => {
    const history = catchments.value;
    if (history === null) return '';
    history.moveTo(store.calmTime_s.value);
    const { states } = recording.value.index.moments;
    const stateVersion = states.findLastIndex(({ t_s }) => t_s <= store.calmTime_s.value) + 1;
    const step = Math.floor(store.calmTime_s.value / HATCH_STEP_S);
    return `${history.version} ${stateVersion} ${step}`;
  });
  const loadStep = computed(() => Math.floor(store.calmTime_s.value / LOAD_STEP_S));
  const load = computed(() => {
    void recording.value.loaded.value;
    return placeLoads(recording.value, geometry.value, loadStep.value * LOAD_STEP_S);
  });
  const focus = computed(() => {
    const selection = store.selection.value;
    const history = catchments.value;
    if (selection?.kind !== 'pop' || history === null) return null;
    void catchmentVersion.value;
    const time_s = store.calmTime_s.peek();
    const { name } = selection;
    return placesOf(name, recording.value, geometry.value, history, time_s, load.value);
  });
  const dotted = computed(() => dottedPops(recording.value.index.world.pops));
  let before: CellLooks | null = null;
  const cells = computed(() => {
    void catchmentVersion.value;
    const inputs = { recording, load, focus, catchments, dotted };
    const state = catchmentState(inputs, store.calmTime_s.peek());
    if (state === null) return null;
    before = unlessSame(before, cellLooks(geometry.value, state, store.hidden.value));
    return before;
  });
  return { catchments, catchmentVersion, load, dotted, cells, focus };
}
