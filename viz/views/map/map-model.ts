import { computed, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { CatchmentHistory } from '../../data/catchment-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { isHidden } from '../../hide.ts';
import type { Size } from '../../observe-size.ts';
import type { Camera, Store } from '../../store.ts';
import type { Arc } from './arc-layer.ts';
import { catchmentState } from './catchment-state.ts';
import { cellLooks, unlessSame, type CellLooks } from './cell-looks.ts';
import { placesOf } from './focus-places.ts';
import type { LinkNow } from './link-layer.ts';
import { projectMap, type MapGeometry } from './map-geometry.ts';
import { linksNow, popsNow } from './network-now.ts';
import { readPalette, type MapPalette } from './palette.ts';
import { placeLoads } from './place-loads.ts';
import { markPops } from './pop-marks.ts';
import type { PopMark } from './pop-layer.ts';
import { transformOf, type ScreenTransform } from './projection.ts';
import { dottedPops } from './second-channel.ts';

/** What a map shows at the store's time, as signals: whoever draws on the map reads these. */
export interface MapModel {
  readonly recording: ReadonlySignal<RecordingPlayer>;
  readonly time_s: ReadonlySignal<number>;
  readonly size: ReadonlySignal<Size>;
  readonly palette: ReadonlySignal<MapPalette>;
  /** Paths in base coordinates: pixels at zoom 1. */
  readonly geometry: ReadonlySignal<MapGeometry>;
  /** From base coordinates to the screen. */
  readonly transform: ReadonlySignal<ScreenTransform>;
  readonly marks: ReadonlySignal<readonly PopMark[]>;
  readonly links: ReadonlySignal<readonly LinkNow[]>;
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

export function createMapModel(
  store: Store,
  recording: ReadonlySignal<RecordingPlayer>,
  camera: Signal<Camera | null>,
  size: ReadonlySignal<Size>,
): MapModel {
  const palette = paletteOf(store);
  const geometry = computed(() => projectMap(recording.value.index.world, size.value));
  const transform = computed(() => transformOf(camera.value, geometry.value.project, size.value));
  const pops = computed(() => {
    void recording.value.loaded.value;
    return popsNow(recording.value, store.calmTime_s.value);
  });
  const linkTime_s = linkTime(store, recording);
  const links = computed(() => {
    void recording.value.loaded.value;
    return linksNow(recording.value, linkTime_s.value, store.selection.value, store.hidden.value);
  });
  const marks = computed(() =>
    markPops(
      pops.value.filter(({ pop }) => !isHidden(store.hidden.value, `pop/${pop.name}`)),
      geometry.value,
      transform.value,
      { selection: store.selection.value, hasLabels: store.hasLabels.value },
    ),
  );
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
  return {
    recording,
    time_s: store.calmTime_s,
    size,
    palette,
    geometry,
    transform,
    marks,
    links,
    catchments,
    catchmentVersion,
    load,
    dotted,
    cells,
    focus,
  };
}

/** Of more links than this the eye does not follow each, and drawing them takes long. */
const MANY_LINKS = 500;
/** How often many links are drawn while the story plays, seconds of wall time. */
const MANY_LINKS_STEP_S = 0.5;

/** The time that links are shown for: the store's, in steps while many are played. */
function linkTime(
  store: Store,
  recording: ReadonlySignal<RecordingPlayer>,
): ReadonlySignal<number> {
  return computed(() => {
    const time_s = store.calmTime_s.value;
    const isFew = recording.value.index.world.links.length <= MANY_LINKS;
    if (isFew || !store.isPlaying.value) return time_s;
    const step_s = MANY_LINKS_STEP_S * store.speed.value;
    return Math.floor(time_s / step_s) * step_s;
  });
}

/** Anew for each theme. */
function paletteOf(store: Store): ReadonlySignal<MapPalette> {
  return computed(() => {
    void store.shownTheme.value;
    return readPalette();
  });
}
