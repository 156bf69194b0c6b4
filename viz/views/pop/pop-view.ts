import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { pageSvg } from '../../charts/page-picture/index.ts';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import { initialServerState, ServerHistory } from '../../data/server-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { levelAbove, popFocus } from './pop-focus.ts';
import type { PopPageInputs } from './page-inputs.ts';
import { mountPopList } from './pop-list.ts';
import { mountPopPage } from './pop-page.ts';
import { popTable } from './pop-table.ts';
import { ignoreSecondPresses } from './second-press.ts';
import { mountServerPage } from './server-page.ts';

/** What happens inside: all POPs, one POP with its servers, one server. */
export const popView: View = {
  id: 'pop',
  title: 'POP',
  question: 'What happens inside a POP?',
  isWide: true,
  mount: mountPop,
  table: popTable,
};

function mountPop(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  container.classList.add('inside');
  const focusKey = computed(() => {
    const player = store.recording.value;
    return player ? JSON.stringify(popFocus(player, store.selection.value)) : null;
  });
  const stopSecond = ignoreSecondPresses(container);
  const stop = effect(() => {
    const player = store.recording.value;
    void focusKey.value;
    return untracked(() => mountLevel(container, dashboard, player));
  });
  return {
    unmount() {
      stop();
      stopSecond();
    },
    svg: () => pageSvg(container.querySelector<HTMLElement>('.inside-page')!),
    act(action) {
      const player = store.recording.peek();
      if (action !== 'dismiss' || !player) return false;
      const above = levelAbove(player, popFocus(player, store.selection.peek()));
      if (above === undefined) return false;
      store.selection.value = above;
      return true;
    },
  };
}

function mountLevel(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer | null | undefined,
): () => void {
  const page = document.createElement('div');
  page.className = 'view-slot inside-page';
  const hadFocus = container.contains(document.activeElement);
  container.replaceChildren(page);
  if (!player) {
    const advice = recordAdvice('timeline 1s, servers 5s, catchments 10s, link_utilisation 1s');
    const words = player === null ? emptyState('No recording to look into', advice) : html``;
    render(words, page);
    return () => undefined;
  }
  const focus = popFocus(player, dashboard.store.selection.peek());
  const initial = initialServerState(player.index, dashboard.store.report.peek().manifest);
  const history = new ServerHistory(player.index, initial);
  const inputs: PopPageInputs = { dashboard, player, history, focus };
  player.pops.prefetchAll();
  player.servers?.prefetchAll();
  const mount =
    focus.pop === null ? mountPopList : focus.server === null ? mountPopPage : mountServerPage;
  const unmount = mount(page, inputs);
  // Whoever came by keyboard goes on from the first thing of the new level.
  if (hadFocus) page.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  return unmount;
}
