import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import type { PlacedSvg } from '../../charts/join-svgs.ts';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import { shorten } from '../../controls/table-twin.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Dashboard } from '../../view.ts';
import { mapSvg } from '../map/map-svg.ts';
import { worldMap, type WorldMap } from '../map/world-map.ts';
import { mountTimelineChart } from '../timeline/timeline-chart.ts';
import { mountDifferenceLayer } from './difference-layer.ts';
import { differenceLegend } from './difference-legend.ts';
import { mountSwipeDivider } from './swipe-divider.ts';

/** The two recordings that are compared. */
interface Pair {
  readonly own: RecordingPlayer;
  readonly other: RecordingPlayer;
}

/**
 * Maps with one camera and one clock: beside or over each other, or their difference. A world
 * without places has the two strategies over time instead.
 */
export function mountCompareMaps(
  container: HTMLElement,
  dashboard: Dashboard,
): { pictures(): readonly PlacedSvg[]; unmount(): void } {
  const { store } = dashboard;
  let pictures: Shown['pictures'] = () => [];
  const unmount = effect(() => {
    const [own, other] = [store.recording.value, store.versusRecording.value];
    const mode = store.isDifference.value ? 'difference' : store.arrangement.value;
    const stage = document.createElement('div');
    stage.className = `compare-stage is-${mode}`;
    container.replaceChildren(stage);
    if (own === undefined || other === undefined) {
      return void render(html`<p class="loading">Loading …</p>`, stage);
    }
    if (own === null || other === null) {
      const advice = recordAdvice('timeline 1s, catchments 5s, link_utilisation 5s');
      return void render(emptyState('No recordings to put beside each other', advice), stage);
    }
    if (!own.index.world.has_geography) {
      stage.classList.add('timeline-view');
      return untracked(() => mountTimelineChart(stage, dashboard).stop);
    }
    return untracked(() => {
      const shown = MODES[mode](stage, dashboard, { own, other });
      pictures = shown.pictures;
      return () => {
        shown.unmount();
        for (const map of shown.maps) map.unmount();
        pictures = () => [];
      };
    });
  });
  return { pictures: () => pictures(), unmount };
}

interface Shown {
  readonly maps: readonly WorldMap[];
  /** Of each map as it is seen: where it stands, and its document. */
  pictures(): readonly PlacedSvg[];
  unmount(): void;
}
type Mode = (stage: HTMLElement, dashboard: Dashboard, pair: Pair) => Shown;

const MODES: Readonly<Record<'beside' | 'swipe' | 'difference', Mode>> = {
  beside: (stage, dashboard, { own, other }) => {
    const maps = [addMap(stage, dashboard, own, 1), addMap(stage, dashboard, other, 2)];
    const surfaces = stage.querySelectorAll('.world-map');
    return {
      maps,
      pictures: () => maps.map((map, i) => ({ element: surfaces[i]!, text: mapSvg(map) })),
      unmount: () => undefined,
    };
  },
  swipe: (stage, dashboard, { own, other }) => {
    const maps = [addMap(stage, dashboard, own, 1), addMap(stage, dashboard, other, 2)];
    const share = dashboard.store.swipeShare;
    const unmount = mountSwipeDivider(stage, stage.lastElementChild as HTMLElement, share);
    const surfaces = stage.querySelectorAll('.world-map');
    return {
      maps,
      pictures: () => [
        { element: surfaces[0]!, text: mapSvg(maps[0]!) },
        { element: surfaces[1]!, text: mapSvg(maps[1]!), visibleFrom: share.peek() },
      ],
      unmount,
    };
  },
  difference: (stage, dashboard, { own, other }) => {
    const { store } = dashboard;
    const map = addMap(stage, dashboard, own, null);
    const surface = stage.querySelector<HTMLElement>('.world-map')!;
    const layer = mountDifferenceLayer(surface, map, other, store);
    const legend = document.createElement('div');
    legend.className = 'map-legend-slot';
    stage.append(legend);
    const stopLegend = effect(() => void render(differenceLegend(store, own, other), legend));
    return {
      maps: [map],
      pictures: () => [{ element: surface, text: mapSvg(map, layer.colourOf) }],
      unmount() {
        stopLegend();
        layer.unmount();
      },
    };
  },
};

/** A map under the name of its strategy, in the colour that this has in charts. */
function addMap(
  stage: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
  series: 1 | 2 | null,
): WorldMap {
  const half = document.createElement('div');
  half.className = 'compare-half';
  const surface = document.createElement('div');
  half.append(surface);
  if (series !== null) {
    const name = document.createElement('p');
    render(html`<bdi>${shorten(player.index.strategy, 40)}</bdi>`, name);
    name.className = `compare-name series-name series-${series}`;
    half.append(name);
  }
  stage.append(half);
  return worldMap(surface, dashboard, {
    recording: computed(() => player),
    camera: dashboard.store.camera,
    label: `Map of ${player.index.strategy.slice(0, 60)}`,
  });
}
