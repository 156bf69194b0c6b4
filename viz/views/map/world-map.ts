import { effect, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { createPanZoom } from '../../charts/pan-zoom.ts';
import { steppedTransform, type ScreenTransform } from '../../charts/screen-transform.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { KeyAction } from '../../keys.ts';
import { observeSize } from '../../observe-size.ts';
import type { Camera } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { mountMapLayers } from './map-layers.ts';
import { createMapModel, type MapModel } from './map-model.ts';
import { attachMapPointer } from './map-pointer.ts';
import { cameraOf, ZOOM_RANGE } from './projection.ts';

/** What one map shows. Two maps with the same `camera` and store move together. */
export interface WorldMapOptions {
  readonly recording: ReadonlySignal<RecordingPlayer>;
  readonly camera: Signal<Camera | null>;
  /** Said to screen readers: `Map of anycast`. */
  readonly label: string;
}

/** A map and what it shows, so that others can draw on top in its coordinates. */
export interface WorldMap extends MapModel {
  /** A key of zoom or pan; true = it has been dealt with. */
  act(action: KeyAction): boolean;
  unmount(): void;
}

/** The map as a component that fills `container`. */
export function worldMap(
  container: HTMLElement,
  dashboard: Dashboard,
  { recording, camera, label }: WorldMapOptions,
): WorldMap {
  const { store } = dashboard;
  container.classList.add('world-map');
  const size = observeSize(container);
  const model = createMapModel(store, recording, camera, size.signal);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'map-svg');
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', `${label}. Arrow keys move between POPs, Enter selects.`);
  const unmountLayers = mountMapLayers(container, svg, model, store);
  const look = (transform: ScreenTransform): void => {
    camera.value = cameraOf(transform, model.geometry.peek().project, model.size.peek());
  };
  const zoom = createPanZoom(container, ZOOM_RANGE, look);
  const stopAdopting = effect(() => zoom.adopt(model.transform.value, model.size.value));
  const detachPointer = attachMapPointer(container, svg, dashboard, model);
  return {
    ...model,
    act(action) {
      const { transform, size: room } = model;
      const next = steppedTransform(action, transform.peek(), room.peek(), ZOOM_RANGE);
      if (next !== null) look(next);
      return next !== null;
    },
    unmount() {
      detachPointer();
      stopAdopting();
      zoom.stop();
      unmountLayers();
      size.stop();
      container.replaceChildren();
    },
  };
}
