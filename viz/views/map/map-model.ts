import { computed, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { ScreenTransform } from '../../charts/screen-transform.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { isHidden } from '../../hide.ts';
import type { Size } from '../../observe-size.ts';
import type { Camera, Store } from '../../store.ts';
import { landModel, type LandModel } from './land-model.ts';
import type { LinkNow } from './link-layer.ts';
import { projectMap, type MapGeometry } from './map-geometry.ts';
import { linksNow, popsNow } from './network-now.ts';
import { readPalette, type MapPalette } from './palette.ts';
import { markPops } from './pop-marks.ts';
import type { PopMark } from './pop-layer.ts';
import { transformOf } from './projection.ts';

/** What a map shows at the store's time, as signals: whoever draws on the map reads these. */
export interface MapModel extends LandModel {
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
}

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
  const land = landModel(store, recording, geometry);
  return {
    recording,
    time_s: store.calmTime_s,
    size,
    palette,
    geometry,
    transform,
    marks,
    links,
    ...land,
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
