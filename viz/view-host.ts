import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals-core';
import { render } from 'lit-html';
import type { Shown } from './controls/export-menu.ts';
import { emptyState } from './controls/notice.ts';
import { tableTwin } from './controls/table-twin.ts';
import type { KeyAction } from './keys.ts';
import type { Dashboard, MountedView, View } from './view.ts';

/** Shows the view that the store names, or its table twin. */
export interface ViewHost {
  readonly view: ReadonlySignal<View>;
  shown(): Shown;
  /** Offers a key to the mounted view first. */
  act(action: KeyAction): boolean;
}

export function createViewHost(
  container: HTMLElement,
  dashboard: Dashboard,
  views: readonly View[],
): ViewHost {
  const { store } = dashboard;
  const view = computed(() => views.find(({ id }) => id === store.view.value) ?? views[0]!);
  let mounted: MountedView | null = null;
  effect(() => {
    const current = view.value;
    const isTable = store.isTable.value;
    const element = document.createElement('div');
    element.className = `view view-${current.id}${isTable ? ' view-table' : ''}`;
    container.replaceChildren(element);
    if (isTable)
      return effect(() => void render(tableTwin(current.table(dashboard), dashboard), element));
    mounted = untracked(() => mountOrExplain(current, element, dashboard));
    return () => {
      mounted?.unmount();
      mounted = null;
    };
  });
  return {
    view,
    shown: () => ({ view: view.peek(), mounted }),
    act: (action) => mounted?.act?.(action) === true,
  };
}

/** Without a canvas, or after a mistake of ours, the table is still there. */
function mountOrExplain(
  view: View,
  element: HTMLElement,
  dashboard: Dashboard,
): MountedView | null {
  try {
    return view.mount(element, dashboard);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const advice = `Its figures are in the table: Shift+T. (${why})`;
    element.replaceChildren();
    render(emptyState(`The ${view.title} view cannot be drawn here`, advice), element);
    return null;
  }
}
