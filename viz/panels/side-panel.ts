import { effect } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { icon } from '../controls/icons.ts';
import { shorten } from '../controls/table-twin.ts';
import { parseSelection, selectionPath, type Selection } from '../store.ts';
import type { Dashboard } from '../view.ts';
import { linkPanel, regionPanel } from './entity-panels.ts';
import { networkPanel } from './network-panel.ts';
import { popPanel } from './pop-panel.ts';
import { serverPanel } from './server-panel.ts';

/** What is selected, else the network as a whole; below it what is pinned. */
export function mountSidePanel(container: HTMLElement, dashboard: Dashboard): () => void {
  const { store } = dashboard;
  return effect(() => {
    const selection = store.selection.value;
    const pinned = store.pinned.value
      .map(parseSelection)
      .filter((one): one is Selection => one !== null)
      .filter((one) => selection === null || selectionPath(one) !== selectionPath(selection));
    void render(
      html`${selection === null ? networkPanel(dashboard) : panelOf(selection, dashboard)}
      ${
        pinned.length === 0
          ? nothing
          : html`<h3 class="panel-heading">Pinned</h3>
            ${pinned.map((one) => panelOf(one, dashboard))}`
      }`,
      container,
    );
  });
}

function panelOf(selection: Selection, dashboard: Dashboard): TemplateResult {
  const { store } = dashboard;
  const player = store.recording.value;
  void player?.loaded.value;
  const { kind, name } = selection;
  const close = (): void => {
    if (store.selection.peek() !== null) store.selection.value = null;
  };
  const head = html`<div class="panel-top">
    <span class="panel-kind">${kind}</span>
    <button class="icon-button small" aria-label="Clear the selection" @click=${close}>
      ${icon('close', 12)}
    </button>
  </div>`;
  const body =
    player === null || player === undefined
      ? null
      : kind === 'pop'
        ? popPanel(name, player, dashboard)
        : kind === 'link'
          ? linkPanel(name, player, dashboard)
          : kind === 'region'
            ? regionPanel(name, player, dashboard)
            : kind === 'server'
              ? serverPanel(name, player, dashboard)
              : null;
  return html`<section class="panel-card">
    ${head} ${body ?? html`<h2 class="panel-title"><bdi>${shorten(name, 60)}</bdi></h2>`}
  </section>`;
}
