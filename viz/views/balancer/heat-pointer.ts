import { html, nothing } from 'lit-html';
import type { TimeScale } from '../../charts/time-canvas.ts';
import { shorten } from '../../controls/table-twin.ts';
import { serverNow, serverPath } from '../../data/servers-now.ts';
import { formatClock, formatCount, formatPercent, formatRate } from '../../formats.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../server-marks.ts';
import type { BalancerChartInputs } from './balancer-chart.ts';
import type { BalancerLayout } from './balancer-layout.ts';

/** Hovering a cell shows its server then; names are pressed, arrows go from one to the next. */
export function attachHeatPointer(
  svg: SVGSVGElement,
  inputs: BalancerChartInputs,
  layout: () => BalancerLayout,
  axis: () => TimeScale,
): () => void {
  const { dashboard, scope, player } = inputs;
  const { store, tooltip } = dashboard;
  const serverAt = (event: PointerEvent): number | null => {
    const y = event.clientY - svg.getBoundingClientRect().top;
    const { heatTop, heatBottom, rowHeight } = layout();
    if (y < heatTop || y >= heatBottom) return null;
    return scope.servers[Math.floor((y - heatTop) / rowHeight)] ?? null;
  };
  const open = (row: Element | null, isDrilling: boolean): void => {
    const server = scope.servers[Number(row?.getAttribute('data-row') ?? -1)];
    if (server === undefined) return;
    store.selection.value = { kind: 'server', name: serverPath(player, server) };
    if (isDrilling) store.view.value = 'pop';
  };
  const listeners: Readonly<Record<string, (event: never) => void>> = {
    pointermove(event: PointerEvent) {
      const server = serverAt(event);
      const time_s = axis().invert(event.clientX - svg.getBoundingClientRect().left);
      if (server === null || event.buttons > 0) return tooltip.hide();
      tooltip.show(card(inputs, server, time_s), { x: event.clientX, y: event.clientY });
    },
    pointerleave: () => tooltip.hide(),
    click(event: MouseEvent) {
      const row = (event.target as Element).closest('g.row');
      if (row !== null) open(row, event.detail > 1);
    },
    keydown(event: KeyboardEvent) {
      const row = (event.target as Element).closest<SVGGElement>('g.row');
      if (row === null) return;
      if (event.key === 'Enter' || event.key === ' ') open(row, event.key === 'Enter');
      else if (event.key === 'ArrowDown') focusRow(row.nextElementSibling);
      else if (event.key === 'ArrowUp') focusRow(row.previousElementSibling);
      else return;
      event.preventDefault();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    svg.addEventListener(name, listener as EventListener);
  }
  keepTabStop(svg);
  return () => {
    tooltip.hide();
    for (const [name, listener] of Object.entries(listeners)) {
      svg.removeEventListener(name, listener as EventListener);
    }
  };
}

function focusRow(row: Element | null): void {
  if (!(row instanceof SVGElement)) return;
  row.parentElement?.querySelectorAll('g.row').forEach((one) => {
    one.setAttribute('tabindex', one === row ? '0' : '-1');
  });
  row.focus();
}

/** The first name is where Tab enters. */
function keepTabStop(svg: SVGSVGElement): void {
  svg.querySelectorAll('g.row').forEach((row, i) => {
    row.setAttribute('tabindex', i === 0 ? '0' : '-1');
  });
}

function card({ player, history }: BalancerChartInputs, server: number, time_s: number) {
  const now = serverNow(player, history, server, time_s);
  const mark = SERVER_MARKS[now.state.state];
  const hidden = hiddenTrouble(now.truth, now.state.state);
  const figures: readonly (readonly [name: string, value: string])[] = [
    ['utilisation', formatPercent(now.utilisation)],
    ['in flight', Number.isNaN(now.inFlight) ? '–' : formatCount(now.inFlight)],
    ['requests', formatRate(now.requestsPerSecond)],
    ['weight', formatCount(now.server.weight)],
  ];
  return html`<strong><bdi>${shorten(now.path, 40)}</bdi></strong>
    <span class="quiet">${formatClock(Math.floor(time_s))}</span>
    <span class=${mark.isTrouble ? 'state-word' : 'quiet'}>${mark.sign} ${mark.word}</span>
    ${
      hidden === null
        ? nothing
        : html`<span class="state-word">${hidden.sign} in fact ${hidden.word}</span>`
    }
    <dl class="card-figures">
      ${figures.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
    </dl>`;
}
