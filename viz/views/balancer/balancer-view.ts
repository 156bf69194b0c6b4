import { computed, effect, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { standaloneSvg } from '../../charts/standalone-svg.ts';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { initialServerState, ServerHistory } from '../../data/server-history.ts';
import { observeSize } from '../../observe-size.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { child } from '../pop/page-inputs.ts';
import { mountBalancerChart, type BalancerChart } from './balancer-chart.ts';
import { balancerHead } from './balancer-head.ts';
import { balancerScope } from './balancer-scope.ts';
import { balancerTable } from './balancer-table.ts';
import { loadCells } from './load-cells.ts';

/** How evenly servers are loaded, and what it costs when their set changes. */
export const balancerView: View = {
  id: 'balancer',
  title: 'Balancer',
  question: 'Is the load balanced, and what does a change move?',
  isWide: true,
  mount: mountBalancer,
  table: balancerTable,
};

function mountBalancer(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  container.classList.add('balancer');
  let chart: BalancerChart | null = null;
  const scopeKey = computed(() => {
    const player = store.recording.value;
    if (!player) return '';
    return balancerScope(player, store.selection.value, store.hidden.value).servers.join();
  });
  const stop = effect(() => {
    const player = store.recording.value;
    void scopeKey.value;
    container.replaceChildren();
    if (player === undefined) return;
    if (player === null || player.servers === null) {
      const title = player === null ? 'No recording to play' : 'No loads of servers were recorded';
      render(emptyState(title, recordAdvice('servers 5s')), child(container, 'view-slot'));
      return;
    }
    return untracked(() => {
      chart = mountParts(container, dashboard, player);
      return () => {
        chart?.stop();
        chart = null;
      };
    });
  });
  return {
    unmount: stop,
    svg: () => (chart === null ? '' : standaloneSvg(chart.svg)),
  };
}

function mountParts(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
): BalancerChart {
  const { store } = dashboard;
  player.servers?.prefetchAll();
  const head = child(container, 'balancer-head');
  const scroll = child(container, 'balancer-scroll');
  const body = child(scroll, 'balancer-body');
  const initial = initialServerState(player.index, store.report.peek().manifest);
  const history = new ServerHistory(player.index, initial);
  const scope = balancerScope(player, store.selection.peek(), store.hidden.peek());
  if (scope.servers.length === 0) {
    render(html`${emptyState('No servers', 'All are hidden (H), or this POP has none.')}`, body);
  }
  const room = observeSize(scroll);
  const chart = mountBalancerChart(body, {
    dashboard,
    player,
    history,
    scope,
    room: () => room.signal.value.height,
  });
  const stopHead = effect(() => {
    void player.loaded.value;
    const { most } = loadCells(player, scope.servers, store.serverLoad.value);
    render(balancerHead(dashboard, player, scope, most), head);
  });
  return {
    svg: chart.svg,
    stop() {
      stopHead();
      room.stop();
      chart.stop();
    },
  };
}
