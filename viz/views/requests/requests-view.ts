import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals-core';
import { html, render, type TemplateResult } from 'lit-html';
import type { RecordedRequest, RecordedTraces } from '../../../sim/recording.ts';
import { emptyState } from '../../controls/notice.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { observeSize } from '../../observe-size.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { child } from '../pop/page-inputs.ts';
import { requestDetail, type Counterpart } from './request-detail.ts';
import { chooseRequests } from './request-filter.ts';
import { requestRows, ROW_HEIGHT } from './request-list.ts';
import { requestsHead } from './requests-head.ts';
import { requestsTable } from './requests-table.ts';
import { tracesOf } from './traces.ts';

/** Single requests, step by step, with the reasons of every decision. */
export const requestsView: View = {
  id: 'requests',
  title: 'Requests',
  question: 'Why did this request take so long?',
  isWide: true,
  mount: mountRequests,
  table: requestsTable,
};

function mountRequests(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  container.classList.add('requests');
  const stop = effect(() => {
    const player = store.recording.value;
    container.replaceChildren();
    if (player === undefined) return;
    const traces = player === null ? null : tracesOf(player);
    if (player === null || traces === null) {
      const words = html`<code>output.trace: 1 in 1000</code>`;
      const advice = html`Add ${words} to the scenario and run it again.`;
      render(emptyState('No requests were traced', advice), child(container, 'view-slot'));
      return;
    }
    if (traces === undefined) {
      return void render(html`<p class="loading">Loading …</p>`, child(container, 'view-slot'));
    }
    return untracked(() => mountParts(container, dashboard, player, traces));
  });
  return { unmount: stop };
}

function mountParts(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
  traces: RecordedTraces,
): () => void {
  const { store } = dashboard;
  const { world } = player.index;
  container.replaceChildren();
  const side = child(container, 'requests-side');
  const head = child(side, 'requests-head');
  const list = child(side, 'requests-list');
  const detail = child(container, 'requests-detail');
  detail.tabIndex = 0;
  detail.setAttribute('role', 'region');
  detail.setAttribute('aria-label', 'The chosen request');
  list.tabIndex = 0;
  const chosen = computed(() =>
    chooseRequests(traces.requests, world, {
      filter: store.requestFilter.value,
      order: store.requestOrder.value,
      window: store.window.value,
    }),
  );
  const shown = computed(() => {
    const { kind, name } = store.selection.value ?? { kind: 'pop', name: '' };
    const selected = kind === 'request' ? traces.requests.find(({ id }) => id === name) : undefined;
    return selected ?? chosen.value[0] ?? null;
  });
  const choose = ({ id }: RecordedRequest): void => {
    store.selection.value = { kind: 'request', name: id };
  };
  const top = signal(0);
  const size = observeSize(list);
  const stops = [
    effect(() => {
      render(requestsHead(store, traces.requests, chosen.value.length, world, traces), head);
    }),
    effect(() => {
      const seen = { top: top.value, height: size.signal.value.height };
      render(
        chosen.value.length === 0
          ? emptyState(
              'No request matches',
              'Take a word out of the filter, or widen the window (0).',
            )
          : requestRows(chosen.value, world, shown.value?.id ?? null, seen, choose),
        list,
      );
      if (chosen.value.length === 0) describeAsNotice(list);
      else describeAsList(list, shown.value);
    }),
    effect(() => {
      render(detailOf(shown.value, player, dashboard), detail);
      detail.scrollTop = 0;
    }),
    attachListKeys(list, chosen, () => shown.peek(), choose),
    () => size.stop(),
  ];
  const onScroll = (): void => void (top.value = list.scrollTop);
  list.addEventListener('scroll', onScroll, { passive: true });
  bringIntoView(list, chosen.peek().indexOf(shown.peek()!));
  return () => {
    for (const stop of stops) stop();
    list.removeEventListener('scroll', onScroll);
  };
}

function describeAsList(list: HTMLElement, shown: RecordedRequest | null): void {
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Traced requests');
  list.setAttribute('aria-activedescendant', `request-${shown?.id ?? ''}`);
}

/** A list box has options: one without them is none. */
function describeAsNotice(list: HTMLElement): void {
  list.setAttribute('role', 'status');
  list.removeAttribute('aria-label');
  list.removeAttribute('aria-activedescendant');
}

function detailOf(
  request: RecordedRequest | null,
  player: RecordingPlayer,
  dashboard: Dashboard,
): TemplateResult {
  if (request === null) return html``;
  const counterpart = counterpartOf(request, dashboard);
  return requestDetail(request, player.index.world, dashboard, counterpart);
}

/** The same requests are traced under every strategy: that of the other one, by its id. */
function counterpartOf({ id }: RecordedRequest, { store }: Dashboard): Counterpart | null {
  const other = store.versusRecording.value;
  const strategy = store.versus.value;
  if (!other || strategy === null) return null;
  const request = tracesOf(other)?.requests.find((one) => one.id === id);
  return request === undefined ? null : { strategy, request, world: other.index.world };
}

/** Arrows, Page and End keys go through the list. */
function attachListKeys(
  list: HTMLElement,
  chosen: ReadonlySignal<readonly RecordedRequest[]>,
  current: () => RecordedRequest | null,
  choose: (request: RecordedRequest) => void,
): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(Math.floor(list.clientHeight / ROW_HEIGHT) - 1, 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = chosen.peek();
    const at = all.indexOf(current()!);
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next === undefined) return;
    choose(next);
    bringIntoView(list, all.indexOf(next));
  };
  list.addEventListener('keydown', onKeyDown);
  return () => list.removeEventListener('keydown', onKeyDown);
}

function bringIntoView(list: HTMLElement, row: number): void {
  if (row < 0) return;
  const top = row * ROW_HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  const bottom = top + ROW_HEIGHT - list.clientHeight;
  if (bottom > list.scrollTop) list.scrollTop = bottom;
}
