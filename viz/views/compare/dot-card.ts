import { computed, effect } from '@preact/signals-core';
import { html, render, type TemplateResult } from 'lit-html';
import type { Comparison } from '../../../sim/report.ts';
import { shorten } from '../../controls/table-twin.ts';
import { pairComparisons } from '../../data/pair-comparisons.ts';
import { observeSize } from '../../observe-size.ts';
import type { Dashboard } from '../../view.ts';
import { DOT_PLOT_WIDTH_MIN, dotPlotHeight, drawDotPlot } from './dot-plot.ts';

/** Every comparison of the two strategies, with its interval and its verdict. */
export function mountDotCard(
  card: HTMLElement,
  { store }: Dashboard,
): { readonly svg: SVGSVGElement; unmount(): void } {
  const head = document.createElement('header');
  const chart = document.createElement('div');
  chart.className = 'compare-chart';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'dot-svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Differences with 95 % intervals. Shift+T shows them as a table.');
  const note = document.createElement('p');
  note.className = 'compare-note quiet';
  chart.append(svg, note);
  card.replaceChildren(head, chart);
  const size = observeSize(chart);
  const pair = computed(() => pairComparisons(store));
  const comparisons = computed(() => pair.value.list);
  const stops = [
    effect(() => {
      const [first] = comparisons.value;
      const series = first?.strategy === store.strategy.value ? 1 : 2;
      render(first === undefined ? html`<h3>Differences</h3>` : headOf(first, series), head);
    }),
    effect(() => {
      const { width: room, height } = size.signal.value;
      const width = Math.max(room, DOT_PLOT_WIDTH_MIN);
      // Who has no pointer scrolls by keys.
      chart.tabIndex = width > room && pair.peek().list.length > 0 ? 0 : -1;
      const rows = comparisons.value.length;
      svg.toggleAttribute('hidden', rows === 0);
      note.hidden = rows > 0;
      note.textContent = pair.value.isLoading
        ? 'Comparing the replications …'
        : 'No comparison of these two in the report.';
      const needed = Math.max(height, dotPlotHeight(rows));
      svg.setAttribute('height', String(needed));
      svg.setAttribute('width', String(width));
      drawDotPlot(svg, comparisons.value, { width, height: needed });
    }),
  ];
  return {
    svg,
    unmount() {
      for (const stop of stops) stop();
      size.stop();
    },
  };
}

/** Names in the colours that they have in charts. */
function headOf({ strategy, baseline }: Comparison, series: 1 | 2): TemplateResult {
  const name = (text: string, of: 1 | 2): TemplateResult =>
    html`<bdi class="series-name series-${of}">${shorten(text, 24)}</bdi>`;
  return html`<h3>${name(strategy, series)} against ${name(baseline, series === 1 ? 2 : 1)}</h3>
    <span class="quiet">relative difference, 95 % · hollow: not shown after Holm</span>`;
}
