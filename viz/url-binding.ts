import { batch, effect } from '@preact/signals-core';
import { clampTo } from './clock.ts';
import type { Store } from './store.ts';
import { DEFAULT_URL_STATE, formatUrlState, parseUrlState, type UrlState } from './url-state.ts';

/** While the story plays, the address is written this often at most: browsers limit it. */
const WRITE_INTERVAL_MS = 400;

/** Reads the state from the address and keeps the address up with it. Returns how to stop. */
export function bindUrl(store: Store): () => void {
  applyUrlState(store, parseUrlState(location.hash));
  let written = '';
  let pending = 0;
  const write = (): void => {
    pending = 0;
    const hash = formatUrlState(urlStateOf(store));
    if (hash === written) return;
    written = hash;
    history.replaceState(null, '', `#${hash}`);
  };
  const stop = effect(() => {
    urlStateOf(store);
    if (pending === 0) pending = window.setTimeout(write, WRITE_INTERVAL_MS);
  });
  const onHashChange = (): void => {
    if (location.hash.replace(/^#/, '') !== written) {
      applyUrlState(store, parseUrlState(location.hash));
    }
  };
  window.addEventListener('hashchange', onHashChange);
  return () => {
    stop();
    window.clearTimeout(pending);
    window.removeEventListener('hashchange', onHashChange);
  };
}

/** A link to exactly what is shown now. */
export function currentLink(store: Store): string {
  return `${location.href.replace(/#.*$/, '')}#${formatUrlState(urlStateOf(store))}`;
}

function urlStateOf(store: Store): UrlState {
  return {
    view: store.view.value,
    strategy: store.strategy.value,
    versus: store.versus.value,
    isDifference: store.isDifference.value,
    time_s: store.time_s.value,
    window: store.window.value,
    selection: store.selection.value,
    camera: store.camera.value,
    plane: store.plane.value,
    measure: store.measure.value,
    theme: store.theme.value,
    hasLabels: store.hasLabels.value,
    hidden: store.hidden.value,
    pinned: store.pinned.value,
    isTable: store.isTable.value,
    speed: store.speed.value,
    arrangement: store.arrangement.value,
    swipeShare: store.swipeShare.value,
    entityList: store.entityList.value,
    serverLoad: store.serverLoad.value,
    requestFilter: store.requestFilter.value,
    requestOrder: store.requestOrder.value,
    packedEdits: store.packedEdits.value,
    isPlaying: false,
  };
}

function applyUrlState(store: Store, state: UrlState): void {
  const { strategies, summary } = store.report.peek();
  const known = (name: string | null): string | null =>
    name !== null && strategies.includes(name) ? name : null;
  batch(() => {
    store.view.value = state.view;
    store.strategy.value = known(state.strategy) ?? summary.baseline;
    store.versus.value = known(state.versus);
    store.isDifference.value = state.isDifference;
    store.time_s.value = clampTo(store.span.peek(), state.time_s);
    store.window.value = state.window;
    store.selection.value = state.selection;
    store.camera.value = state.camera;
    store.plane.value = state.plane;
    store.measure.value = state.measure;
    if (state.theme !== DEFAULT_URL_STATE.theme) store.theme.value = state.theme;
    store.hasLabels.value = state.hasLabels;
    store.hidden.value = state.hidden;
    store.pinned.value = state.pinned;
    store.isTable.value = state.isTable;
    store.speed.value = state.speed;
    store.arrangement.value = state.arrangement;
    store.swipeShare.value = state.swipeShare;
    store.entityList.value = state.entityList;
    store.serverLoad.value = state.serverLoad;
    store.requestFilter.value = state.requestFilter;
    store.requestOrder.value = state.requestOrder;
    store.packedEdits.value = state.packedEdits;
    if (state.isPlaying) store.isPlaying.value = true;
  });
}
