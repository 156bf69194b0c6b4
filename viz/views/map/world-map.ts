import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { CatchmentHistory } from '../../data/catchment-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import { isHidden } from '../../hide.ts';
import { observeSize, type Size } from '../../observe-size.ts';
import type { Camera } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { drawBase } from './base-layer.ts';
import { createCanvasLayer } from './canvas-layer.ts';
import { drawCatchments } from './catchment-layer.ts';
import { drawLinks, type LinkNow } from './link-layer.ts';
import { projectMap, type MapGeometry } from './map-geometry.ts';
import { attachMapPointer } from './map-pointer.ts';
import { createMapZoom } from './map-zoom.ts';
import { linksNow, popsNow } from './network-now.ts';
import { readPalette, type MapPalette } from './palette.ts';
import { mountFlows } from './flows.ts';
import { markPops } from './pop-marks.ts';
import { drawPops, type PopMark } from './pop-layer.ts';
import { transformOf, type ScreenTransform } from './projection.ts';
import { placeLoads } from './place-loads.ts';

/** What one map shows. Two maps with the same `camera` and store move together. */
export interface WorldMapOptions {
  readonly recording: ReadonlySignal<RecordingPlayer>;
  readonly camera: Signal<Camera | null>;
  /** Said to screen readers: `Map of anycast`. */
  readonly label: string;
}

/** What others may draw on top, in the coordinates of the map. */
export interface WorldMap {
  readonly geometry: ReadonlySignal<MapGeometry>;
  readonly transform: ReadonlySignal<ScreenTransform>;
  readonly size: ReadonlySignal<Size>;
  readonly marks: ReadonlySignal<readonly PopMark[]>;
  readonly links: ReadonlySignal<readonly LinkNow[]>;
  readonly catchments: ReadonlySignal<CatchmentHistory | null>;
  readonly palette: ReadonlySignal<MapPalette>;
  readonly recording: ReadonlySignal<RecordingPlayer>;
  unmount(): void;
}

/**
 * The map as a component: canvases for land, catchments, links and particles, each drawn again only
 * when something it shows has changed, and SVG for POPs, labels and focus.
 */
export function worldMap(
  container: HTMLElement,
  dashboard: Dashboard,
  { recording, camera, label }: WorldMapOptions,
): WorldMap {
  const { store } = dashboard;
  container.classList.add('world-map');
  const layers = {
    base: createCanvasLayer(container, 'base'),
    catchments: createCanvasLayer(container, 'catchments'),
    links: createCanvasLayer(container, 'links'),
    particles: createCanvasLayer(container, 'particles'),
  };
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'map-svg');
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', `${label}. Arrow keys move between POPs, Enter selects.`);
  const popRoot = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  svg.append(popRoot);
  container.append(svg);

  const observed = observeSize(container);
  const size = observed.signal;
  const world = computed(() => recording.value.index.world);
  const geometry = computed(() => projectMap(world.value, size.value));
  const transform = computed(() => transformOf(camera.value, geometry.value.project, size.value));
  const palette = computed(() => {
    void store.shownTheme.value;
    return readPalette();
  });
  const pops = computed(() => {
    void recording.value.loaded.value;
    return popsNow(recording.value, store.time_s.value);
  });
  const links = computed(() => {
    void recording.value.loaded.value;
    return linksNow(recording.value, store.time_s.value, store.selection.value, store.hidden.value);
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
  const catchmentVersion = signal(0);

  const queue = createDrawQueue();
  const stops = [
    queue.draw(() => {
      drawBase(
        layers.base.begin(size.value, transform.value),
        geometry.value,
        palette.value,
        transform.value.k,
      );
    }),
    effect(() => {
      const history = catchments.value;
      if (history === null) return;
      history.moveTo(store.time_s.value);
      // Hatches end 30 s after a change: a coarse step of time is enough to see that.
      catchmentVersion.value = history.version * 1e4 + Math.floor(store.time_s.value / 5);
    }),
    queue.draw(() => {
      const context = layers.catchments.begin(size.value, transform.value);
      void catchmentVersion.value;
      const history = catchments.value;
      if (history === null) return;
      const selection = store.selection.value;
      const load = placeLoads(recording.value, geometry.value, store.time_s.peek());
      drawCatchments(context, geometry.value, palette.value, transform.value.k, {
        world: world.value,
        pops: history.pops,
        changed_s: history.changed_s,
        time_s: store.time_s.peek(),
        load,
        isQuiet: (pop) =>
          selection?.kind === 'pop' && world.value.pops[pop]?.name !== selection.name,
      });
    }),
    queue.draw(() => {
      const context = layers.links.begin(size.value, transform.value);
      drawLinks(context, geometry.value, palette.value, transform.value.k, links.value);
    }),
    queue.draw(() => {
      svg.setAttribute(
        'viewBox',
        `0 0 ${Math.max(size.value.width, 1)} ${Math.max(size.value.height, 1)}`,
      );
      drawPops(popRoot, marks.value);
    }),
    mountFlows(layers.particles, store, { geometry, transform, size, links, palette }),
  ];
  const zoom = createMapZoom(container, camera, () => ({
    project: geometry.peek().project,
    size: size.peek(),
  }));
  stops.push(effect(() => zoom.adopt(transform.value, size.value)));
  stops.push(
    attachMapPointer({
      container,
      svg,
      dashboard,
      recording,
      geometry,
      transform,
      marks,
      catchments,
    }),
  );
  return {
    ...{ geometry, transform, size, marks, links, catchments, palette, recording },
    unmount() {
      for (const stop of stops) stop();
      zoom.stop();
      observed.stop();
      queue.stop();
      container.replaceChildren();
    },
  };
}
