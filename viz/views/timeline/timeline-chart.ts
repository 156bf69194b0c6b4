import { computed, effect } from '@preact/signals-core';
import { select } from 'd3-selection';
import type { TimePanel } from '../../charts/time-panel.ts';
import { bucketOf, clampTo } from '../../clock.ts';
import { observeSize } from '../../observe-size.ts';
import type { Store } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { entityPanels } from './entity-panels.ts';
import { drawEventFlags } from './event-flags.ts';
import { networkPanels } from './network-panels.ts';
import { drawLegend } from './panel-legend.ts';
import { appendPanel, drawPanel, type Group } from './panel-marks.ts';
import { appendTimeCursor, drawTimeAxis, moveTimeCursor } from './time-axis.ts';
import { createTimeBrush } from './time-brush.ts';
import { wholeBuckets } from './whole-buckets.ts';
import { AXIS, layOutTimeline, TOP } from './timeline-layout.ts';

/** All panels of this moment: of the network, of what is pinned, of what is selected. */
export function shownPanels(store: Store): readonly TimePanel[] {
  const network = networkPanels(
    store.report.value,
    store.strategy.value,
    store.versus.value,
    store.measure.value,
  );
  return [...network, ...entityPanels(store)];
}

/** Panels under each other on one axis of time, with the events across all of them. */
export function mountTimelineChart(
  container: HTMLElement,
  { store, clock }: Dashboard,
): { readonly svg: SVGSVGElement; stop(): void } {
  const root = select(container).append('svg').attr('class', 'timeline-svg').attr('role', 'img');
  const flags = root.append('g');
  const panelRoot = root.append('g');
  const axis = root.append('g').attr('class', 'timeline-axis');
  const cursor = appendTimeCursor(root.append('g'));
  const size = observeSize(container);
  const panels = computed(() => shownPanels(store));
  const layout = computed(() =>
    layOutTimeline(size.signal.value, panels.value, store.window.value ?? store.span.value),
  );
  const brush = createTimeBrush(root.append('g').attr('class', 'timeline-brush'), {
    timeAt: (pixel) => clampTo(store.span.peek(), layout.peek().x.invert(pixel)),
    onWindow: (from_s, until_s) => {
      const { from, until } = wholeBuckets(from_s, until_s, bucketOf(store));
      store.window.value = { from_s: from, until_s: Math.min(until, store.span.peek().until_s) };
    },
    onClick: (time_s) => clock.seek(time_s),
    onHover: (time_s) => void (store.hoverTime_s.value = time_s),
    onReset: () => void (store.window.value = null),
  });
  const stops = [
    effect(() => {
      const { width, left, right, bottom, x } = layout.value;
      root.attr('width', width).attr('height', bottom + AXIS);
      root.attr('viewBox', `0 0 ${width} ${bottom + AXIS}`);
      root.attr('aria-label', labelOf(store, panels.value));
      drawPanels(panelRoot, panels.value, layout.value);
      drawTimeAxis(axis, x, bottom);
      brush.resize(left, TOP, right, bottom);
    }),
    effect(() => {
      const { x, bottom } = layout.value;
      const { events } = store.recording.value?.index ?? { events: [] };
      drawEventFlags(flags, events, x, bottom, (time_s) => clock.seek(time_s));
    }),
    effect(() => {
      const at_s = store.hoverTime_s.value ?? store.time_s.value;
      moveTimeCursor(cursor, at_s, layout.value);
      panelRoot
        .selectAll<SVGGElement, TimePanel>('g.chart-legend')
        .data(panels.value)
        .each(function (panel) {
          drawLegend(select(this), panel, at_s);
        });
    }),
  ];
  return {
    svg: root.node()!,
    stop() {
      for (const stop of stops) stop();
      size.stop();
      root.remove();
    },
  };
}

function drawPanels(
  root: Group,
  panels: readonly TimePanel[],
  { x, width, topOf, placeOf }: ReturnType<typeof layOutTimeline>,
): void {
  root
    .selectAll<SVGGElement, TimePanel>('g.time-panel')
    .data(panels)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'time-panel');
      group.append('line').attr('class', 'chart-edge');
      group.append('g').attr('class', 'chart-marks').each(appendMarks);
      group.append('g').attr('class', 'chart-legend');
      return group;
    })
    .each(function (panel, i) {
      const group = select(this);
      group.select('.chart-edge').attr('x2', width).attr('y1', topOf(i)).attr('y2', topOf(i));
      group.select('.chart-legend').attr('transform', `translate(0,${topOf(i) + 2})`);
      drawPanel(group.select('.chart-marks'), panel, x, placeOf(i));
    });
}

function appendMarks(this: SVGGElement): void {
  appendPanel(select(this));
}

function labelOf(store: Store, panels: readonly TimePanel[]): string {
  const versus = store.versus.value;
  const who = [store.strategy.value, ...(versus === null ? [] : [versus])]
    .map((name) => name.slice(0, 60))
    .join(' and ');
  const titles = panels.map(({ title }) => title).join(', ');
  return `${titles} of ${who} over time. Shift+T shows the same as a table.`;
}
