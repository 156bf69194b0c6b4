import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import { zoomButtons } from '../../controls/zoom-buttons.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { mapLegend } from './map-legend.ts';
import { mapSvg } from './map-svg.ts';
import { mapTable } from './map-table.ts';
import { worldMap, type WorldMap } from './world-map.ts';

/** Who goes where, and what is hot. */
export const mapView: View = {
  id: 'map',
  title: 'Map',
  question: 'Who goes where, what is hot?',
  mount: mountMap,
  table: mapTable,
};

function mountMap(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  let map: WorldMap | null = null;
  const stop = effect(() => {
    container.replaceChildren();
    const player = store.recording.value;
    if (player === undefined) {
      return void render(html`<p class="loading">Loading …</p>`, slot(container));
    }
    if (player === null) {
      const advice = recordAdvice('timeline 1s, catchments 5s, link_utilisation 5s');
      return void render(emptyState('No recording to play', advice), slot(container));
    }
    if (!player.index.world.has_geography) {
      const words = 'This world has no places. Its POPs are in the table (Shift+T).';
      return void render(emptyState('Nothing to put on a map', words), slot(container));
    }
    return untracked(() => {
      const canvas = slot(container);
      map = worldMap(canvas, dashboard, {
        recording: computed((): RecordingPlayer => store.recording.value ?? player),
        camera: store.camera,
        label: `Map of ${store.strategy.peek().slice(0, 60)}`,
      });
      const legend = slot(container);
      legend.className = 'map-legend-slot';
      const stopLegend = effect(() => void render(mapLegend(dashboard), legend));
      const buttons = slot(container);
      buttons.className = 'zoom-slot';
      const stopButtons = effect(() => {
        render(
          zoomButtons(store.camera, (action) => map?.act(action)),
          buttons,
        );
      });
      return () => {
        stopLegend();
        stopButtons();
        map?.unmount();
        map = null;
      };
    });
  });
  return {
    unmount: stop,
    svg: () => (map === null ? '' : mapSvg(map)),
    act: (action) => map?.act(action) ?? false,
  };
}

function slot(container: HTMLElement): HTMLElement {
  const element = document.createElement('div');
  element.className = 'view-slot';
  container.append(element);
  return element;
}
