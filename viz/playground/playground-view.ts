import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { emptyState } from '../controls/notice.ts';
import type { Dashboard, MountedView, View } from '../view.ts';
import { worldMap } from '../views/map/world-map.ts';
import { withLinkToggled } from './edits.ts';
import { mountPlaygroundCharts } from './playground-charts.ts';
import { playgroundPanel } from './playground-panel.ts';
import { createPlayground, type Playground } from './playground-state.ts';
import { playgroundTable } from './playground-table.ts';

/** The engine in the page: change a capacity, a link or the policy, and see what comes of it. */
export const playgroundView: View = {
  id: 'playground',
  title: 'Playground',
  question: 'What if?',
  isWide: true,
  mount: mountView,
  table: (dashboard) => playgroundTable(dashboard, present),
};

/** What is open. Edits are in the address; the engine lasts as long as the view. */
let present: Playground | null = null;

function mountView(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store, source } = dashboard;
  container.classList.add('playground');
  if (source.isEmbedded || store.report.peek().manifest === null) {
    const advice = 'An exported file has no engine. Open the results with: anycastle view DIR';
    render(emptyState('Nothing runs in this file', advice), container);
    return { unmount: () => container.replaceChildren() };
  }
  if (store.selection.peek()?.kind === 'link') store.selection.value = null;
  const playground = createPlayground(store);
  present = playground;
  const [stage, charts, panel] = ['playground-stage', 'playground-charts', 'playground-panel'].map(
    (name) => part(container, name),
  ) as [HTMLElement, HTMLElement, HTMLElement];
  const stops = [
    effect(() => void render(playgroundPanel(dashboard, playground), panel)),
    effect(() => void charts.classList.toggle('is-stale', playground.isStale.value)),
    mountPlaygroundCharts(charts, dashboard, playground),
    mountStage(stage, dashboard, playground),
    cutOnClick(dashboard, playground),
  ];
  return {
    unmount() {
      for (const stop of stops) stop();
      playground.stop();
      present = null;
      container.replaceChildren();
    },
  };
}

/** A link that is selected here is one to be cut, or mended. */
function cutOnClick({ store, announce }: Dashboard, { edits }: Playground): () => void {
  return effect(() => {
    const selected = store.selection.value;
    if (selected?.kind !== 'link') return;
    untracked(() => {
      edits.value = withLinkToggled(edits.peek(), selected.name);
      store.selection.value = null;
      const isCut = edits.peek().cutLinks.includes(selected.name);
      announce(`link ${selected.name} ${isCut ? 'cut' : 'mended'}`);
    });
  });
}

function mountStage(stage: HTMLElement, dashboard: Dashboard, playground: Playground): () => void {
  const { store } = dashboard;
  const hasPlaces = computed(() => playground.original.value?.player.index.world.has_geography);
  return effect(() => {
    stage.replaceChildren();
    if (hasPlaces.value === undefined) {
      return void render(html`<p class="loading">Simulating …</p>`, part(stage, 'view-slot'));
    }
    if (!hasPlaces.value) {
      const words = 'This world has no places: what changes stands beside and below.';
      return void render(emptyState('Nothing to put on a map', words), part(stage, 'view-slot'));
    }
    return untracked(() => {
      const first = playground.original.peek()!.player;
      const map = worldMap(part(stage, 'view-slot'), dashboard, {
        recording: computed(() => playground.edited.value?.player ?? first),
        camera: store.camera,
        label: 'Map of the playground',
      });
      return () => map.unmount();
    });
  });
}

function part(container: HTMLElement, name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  container.append(element);
  return element;
}
