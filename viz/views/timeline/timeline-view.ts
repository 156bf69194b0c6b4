import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { standaloneSvg } from '../../charts/standalone-svg.ts';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import { timelineOf } from '../../data/report.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { mountTimelineChart } from './timeline-chart.ts';
import { timelineTable } from './timeline-table.ts';

/** When did it happen: everything that changes over time, on one axis. */
export const timelineView: View = {
  id: 'timeline',
  title: 'Timeline',
  question: 'When did it happen?',
  mount: mountTimeline,
  table: timelineTable,
};

function mountTimeline(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  const isRecorded = computed(() => timelineOf(store.report.value, store.strategy.value) !== null);
  let svg: SVGSVGElement | null = null;
  const stop = effect(() => {
    const slot = document.createElement('div');
    slot.className = 'view-slot timeline-view';
    container.replaceChildren(slot);
    if (!isRecorded.value) {
      render(emptyState('No time series recorded', recordAdvice('timeline 10s')), slot);
      return;
    }
    return untracked(() => {
      // With panels of what is selected and pinned it scrolls, by keyboard too.
      slot.tabIndex = 0;
      slot.setAttribute('role', 'region');
      slot.setAttribute('aria-label', 'Charts over time');
      const chart = mountTimelineChart(slot, dashboard);
      svg = chart.svg;
      const notice = document.createElement('div');
      slot.append(notice);
      const stopNotice = effect(() => void render(emptyWindow(dashboard), notice));
      return () => {
        stopNotice();
        chart.stop();
        svg = null;
      };
    });
  });
  return { unmount: stop, svg: () => (svg === null ? '' : standaloneSvg(svg)) };
}

/** Told where the window has no requests: empty panels would look like a fault. */
function emptyWindow({ store }: Dashboard) {
  const window = store.window.value;
  const timeline = timelineOf(store.report.value, store.strategy.value);
  if (window === null || timeline === null) return html``;
  const { start_s, bucket_s, requests } = timeline;
  const first = Math.max(Math.floor((window.from_s - start_s) / bucket_s), 0);
  const end = Math.max(Math.ceil((window.until_s - start_s) / bucket_s), 0);
  const isEmpty = requests.slice(first, end).every((count) => count === 0);
  return isEmpty
    ? html`<p class="timeline-empty" role="status">
        No requests in this window. A double click shows the whole story.
      </p>`
    : html``;
}
