import { bucketOf } from './clock.ts';
import type { KeyAction } from './keys.ts';
import { selectionPath, type TimeWindow } from './store.ts';
import { toggleTheme } from './theme-binding.ts';
import type { Dashboard, View } from './view.ts';

/** Dialogs that keys open; the page's frame provides them. */
export interface Dialogs {
  openKeys(): void;
  openPalette(prefix?: string): void;
  openExport(): void;
}

type Effects = Readonly<Partial<Record<KeyAction, () => void>>>;

/** Does what a key says; true if that was something. The mounted view has been asked before. */
export function perform(
  action: KeyAction,
  dashboard: Dashboard,
  views: readonly View[],
  dialogs: Dialogs,
): boolean {
  const { store } = dashboard;
  const chosen = /^view-(\d)$/.exec(action);
  if (chosen !== null) {
    const view = views[Number(chosen[1]) - 1];
    if (view !== undefined) store.view.value = view.id;
    return view !== undefined;
  }
  const effect =
    playback(dashboard)[action] ?? timeAxis(dashboard)[action] ?? page(dashboard, dialogs)[action];
  effect?.();
  return effect !== undefined;
}

function playback({ store, clock }: Dashboard): Effects {
  const isOfSelection = (targets: readonly string[]): boolean => {
    const selection = store.selection.peek();
    return selection !== null && targets.includes(selectionPath(selection));
  };
  return {
    play: () => clock.toggle(),
    'bin-next': () => clock.step(1),
    'bin-previous': () => clock.step(-1),
    'event-next': () => clock.stepEvent(1),
    'event-previous': () => clock.stepEvent(-1),
    'own-event-next': () => clock.stepEvent(1, ({ targets }) => isOfSelection(targets)),
    'own-event-previous': () => clock.stepEvent(-1, ({ targets }) => isOfSelection(targets)),
    'to-start': () => clock.seek(store.span.peek().from_s),
    'to-end': () => clock.seek(store.span.peek().until_s),
    slower: () => clock.changeSpeed(-1),
    faster: () => clock.changeSpeed(1),
  };
}

function timeAxis({ store }: Dashboard): Effects {
  const change = (factor: number, shift: number): void => {
    const span = store.span.peek();
    const shown = store.window.peek() ?? span;
    const centre_s =
      factor === 1
        ? (shown.from_s + shown.until_s) / 2
        : Math.max(store.time_s.peek(), span.from_s);
    store.window.value = zoomWindow(shown, span, { factor, shift, centre_s }, bucketOf(store));
  };
  return {
    'time-in': () => change(0.5, 0),
    'time-out': () => change(2, 0),
    'time-left': () => change(1, -0.25),
    'time-right': () => change(1, 0.25),
    reset: () => {
      store.window.value = null;
      store.camera.value = null;
      store.plane.value = null;
    },
  };
}

/**
 * The window after zooming about `centre_s` and shifting by a share of its width; null = all. Never
 * outside the span, never narrower than five buckets.
 */
export function zoomWindow(
  shown: TimeWindow,
  span: TimeWindow,
  by: { readonly factor: number; readonly shift: number; readonly centre_s: number },
  bucket_s: number,
): TimeWindow | null {
  const whole_s = span.until_s - span.from_s;
  const width_s = Math.max((shown.until_s - shown.from_s) * by.factor, 5 * bucket_s);
  if (width_s >= whole_s) return null;
  const middle_s = by.factor === 1 ? (shown.from_s + shown.until_s) / 2 : by.centre_s;
  const wanted_s = middle_s - width_s / 2 + by.shift * width_s;
  const from_s = Math.min(Math.max(wanted_s, span.from_s), span.until_s - width_s);
  return { from_s, until_s: from_s + width_s };
}

function page({ store, announce }: Dashboard, dialogs: Dialogs): Effects {
  return {
    compare: () => {
      store.versus.value ??=
        store.report.peek().strategies.find((one) => one !== store.strategy.peek()) ?? null;
      const isComparing = store.view.peek() === 'compare';
      store.view.value = isComparing || store.versus.peek() === null ? 'map' : 'compare';
    },
    swap: () => {
      const versus = store.versus.peek();
      if (versus === null) return announce('Nothing to swap: choose a second strategy');
      store.versus.value = store.strategy.peek();
      store.strategy.value = versus;
    },
    difference: () => {
      store.isDifference.value = !store.isDifference.peek();
    },
    find: () => dialogs.openPalette(),
    hide: () => dialogs.openPalette('hide '),
    pin: () => {
      const selection = store.selection.peek();
      if (selection === null) return announce('Nothing is selected');
      const path = selectionPath(selection);
      const others = store.pinned.peek().filter((one) => one !== path);
      const wasPinned = others.length < store.pinned.peek().length;
      store.pinned.value = wasPinned ? others : [...others, path];
      announce(`${path} ${wasPinned ? 'unpinned' : 'pinned'}`);
    },
    labels: () => {
      store.hasLabels.value = !store.hasLabels.peek();
    },
    theme: () => toggleTheme(store),
    export: () => dialogs.openExport(),
    table: () => {
      store.isTable.value = !store.isTable.peek();
    },
    keys: () => dialogs.openKeys(),
    palette: () => dialogs.openPalette(),
    dismiss: () => {
      store.selection.value = null;
    },
  };
}
