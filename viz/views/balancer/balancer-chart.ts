import { computed, effect } from '@preact/signals-core';
import { select } from 'd3-selection';
import { mountTimeCanvas, type Group, type TimeScale } from '../../charts/time-canvas.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory } from '../../data/server-history.ts';
import { serverNow } from '../../data/servers-now.ts';
import { formatShortClock } from '../../formats.ts';
import { layOutEvents, type EventBar } from '../../panels/event-lanes.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../server-marks.ts';
import { timeTicks } from '../../time-ticks.ts';
import type { Dashboard } from '../../view.ts';
import { drawImbalance, drawKeyMoves } from './balance-lines.ts';
import { balancerLayout, IMBALANCE, MOVES, type BalancerLayout } from './balancer-layout.ts';
import type { BalancerScope } from './balancer-scope.ts';
import { attachHeatPointer } from './heat-pointer.ts';
import { drawHeat, drawRowLabels, type RowLabel } from './heat-rows.ts';
import { imbalanceOver, loadCells } from './load-cells.ts';
import { drawStateLanes, thoughtLane } from './state-lanes.ts';

export const GUTTER = { left: 108, right: 18 } as const;

export interface BalancerChartInputs {
  readonly dashboard: Dashboard;
  readonly player: RecordingPlayer;
  readonly history: ServerHistory;
  readonly scope: BalancerScope;
  /** The room there is before one has to scroll, pixels. */
  readonly room: () => number;
}

export interface BalancerChart {
  readonly svg: SVGSVGElement;
  stop(): void;
}

/** Heat map, imbalance, moved keys and states of health over one axis of time. */
export function mountBalancerChart(
  container: HTMLElement,
  inputs: BalancerChartInputs,
): BalancerChart {
  const { dashboard, player, history, scope, room } = inputs;
  const { store } = dashboard;
  const changing = scope.servers.filter((server) => history.hasChanges(server));
  const moves = player.index.moments.key_moves.filter(
    ({ pop }) => scope.pop === null || pop === scope.pop,
  );
  const cells = computed(() => {
    void player.loaded.value;
    return loadCells(player, scope.servers, store.serverLoad.value);
  });
  const busy = computed(() => {
    void player.loaded.value;
    return loadCells(player, scope.servers, 'utilisation');
  });
  const layout = computed(() =>
    balancerLayout(room(), scope.servers.length, changing.length, moves.length > 0),
  );
  const canvas = mountTimeCanvas(container, dashboard, {
    ...GUTTER,
    label: 'Load and health of servers over time',
    draw(marks, x) {
      const at = layout.value;
      drawGround(marks, x, inputs, at);
      drawHeat(section(marks, 'heat', at.heatTop), x, cells.value, at.rowHeight);
      heading(marks, 'imbalance', 'busiest server ÷ mean, by utilisation', at.imbalanceTop);
      drawImbalance(
        section(marks, 'imbalance', at.imbalanceTop),
        x,
        imbalanceOver(busy.value),
        busy.value.bucket_s,
        IMBALANCE,
      );
      if (at.movesTop !== null) {
        heading(marks, 'moves', 'keys that moved and need not have', at.movesTop);
        drawKeyMoves(section(marks, 'moves', at.movesTop), x, moves, MOVES);
      }
      if (at.lanesTop !== null) {
        heading(marks, 'lanes', 'states of servers that changed', at.lanesTop);
        const lanes = changing.map((server) =>
          thoughtLane(history, server, cut(scope.label(server))),
        );
        drawStateLanes(section(marks, 'lanes', at.lanesTop), x, lanes);
      }
    },
  });
  const labels = select(canvas.svg).append('g').attr('class', 'heat-labels');
  const stopHeight = effect(() => {
    container.style.height = `${layout.value.height}px`;
    labels.attr('transform', `translate(0,${layout.value.heatTop})`);
  });
  canvas.svg.setAttribute('role', 'group');
  const stopLabels = effect(() => {
    void player.loaded.value;
    drawRowLabels(
      labels as unknown as Group,
      rowLabels(inputs),
      GUTTER.left,
      layout.value.rowHeight,
    );
  });
  const stopPointer = attachHeatPointer(canvas.svg, inputs, () => layout.peek(), canvas.axis);
  return {
    svg: canvas.svg,
    stop() {
      stopPointer();
      stopHeight();
      stopLabels();
      canvas.stop();
    },
  };
}

function rowLabels({ dashboard, player, history, scope }: BalancerChartInputs): RowLabel[] {
  const { store } = dashboard;
  const selected = store.selection.value?.kind === 'server' ? store.selection.value.name : null;
  return scope.servers.map((server) => {
    const now = serverNow(player, history, server, store.calmTime_s.value);
    const mark = SERVER_MARKS[now.state.state];
    const hidden = hiddenTrouble(now.truth, now.state.state);
    return {
      text: cut(scope.label(server)),
      spoken: `server ${now.path.slice(0, 80)}: ${mark.word}`,
      isSelected: now.path === selected,
      sign: mark.sign || (hidden?.sign ?? ''),
    };
  });
}

/** A name within the gutter. */
function cut(name: string): string {
  return name.length <= 13 ? name : `${name.slice(0, 12)}…`;
}

/** A group of its own at a height, made once. */
function section(marks: Group, name: string, top: number): Group {
  return marks
    .selectAll<SVGGElement, null>(`g.chart-${name}`)
    .data([null])
    .join('g')
    .attr('class', `chart-${name}`)
    .attr('transform', `translate(0,${top})`) as unknown as Group;
}

function heading(marks: Group, name: string, text: string, top: number): void {
  marks
    .selectAll(`text.heading-${name}`)
    .data([text])
    .join('text')
    .attr('class', `chart-heading heading-${name}`)
    .attr('x', GUTTER.left)
    .attr('y', top - 6)
    .text((words) => words);
}

/** Events behind everything, the axis below. */
function drawGround(
  marks: Group,
  x: TimeScale,
  { player }: BalancerChartInputs,
  { axisTop, height }: BalancerLayout,
): void {
  section(marks, 'events', 0)
    .selectAll<SVGGElement, EventBar>('g')
    .data(layOutEvents(player.index.events, x, 1))
    .join((enter) => {
      const event = enter.append('g').attr('class', 'event');
      event.append('title');
      event
        .append('rect')
        .attr('class', 'event-flag')
        .attr('rx', 3)
        .attr('y', 2)
        .attr('height', 16);
      event.append('line').attr('class', 'event-edge is-start');
      event.append('line').attr('class', 'event-edge is-end');
      event.append('text').attr('x', 6).attr('y', 14);
      return event;
    })
    .attr('transform', (bar) => `translate(${bar.x},0)`)
    .call((event) => {
      event.select('title').text((bar) => bar.event.text);
      event.select('.event-flag').attr('width', ({ width }) => width);
      event.select('text').text(({ label }) => label);
      event.selectAll('.event-edge').attr('y1', 18).attr('y2', axisTop);
      event
        .select('.is-end')
        .attr('x1', ({ width }) => width)
        .attr('x2', ({ width }) => width);
    });
  const [from = 0, until = 1] = x.range();
  section(marks, 'axis', axisTop)
    .selectAll<SVGGElement, number>('g')
    .data(timeTicks(x.domain() as [number, number], (until - from) / 80))
    .join((enter) => {
      const tick = enter.append('g').attr('class', 'tick');
      tick.append('line').attr('y2', 5);
      tick
        .append('text')
        .attr('y', Math.min(height - axisTop - 6, 18))
        .attr('text-anchor', 'middle');
      return tick;
    })
    .attr('transform', (time_s) => `translate(${x(time_s)},0)`)
    .select('text')
    .text((time_s) => formatShortClock(time_s));
}
