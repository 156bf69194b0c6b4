import { computed, effect } from '@preact/signals-core';
import { select } from 'd3-selection';
import { mountTimeCanvas, type Group, type TimeScale } from '../../charts/time-canvas.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory } from '../../data/server-history.ts';
import { serverNow } from '../../data/servers-now.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../server-marks.ts';
import type { Dashboard } from '../../view.ts';
import { drawImbalance, drawKeyMoves } from './balance-lines.ts';
import { balancerLayout, MOVES } from './balancer-layout.ts';
import type { BalancerScope } from './balancer-scope.ts';
import { drawGround, heading, section } from './chart-ground.ts';
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
  const { dashboard, player } = inputs;
  const model = balancerModel(inputs);
  const { layout } = model;
  const canvas = mountTimeCanvas(container, dashboard, {
    ...GUTTER,
    label: 'Load and health of servers over time',
    draw: (marks, x) => drawSections(marks, x, inputs, model),
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

type BalancerModel = ReturnType<typeof balancerModel>;

/** What the chart shows, kept up with what has been loaded. */
function balancerModel({ dashboard, player, history, scope, room }: BalancerChartInputs) {
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
  return { changing, moves, cells, busy, layout };
}

function drawSections(
  marks: Group,
  x: TimeScale,
  { player, history, scope }: BalancerChartInputs,
  model: BalancerModel,
): void {
  const at = model.layout.value;
  const title = (name: string, text: string, top: number): void =>
    heading(marks, name, text, { left: GUTTER.left, top });
  drawGround(marks, x, player, at);
  drawHeat(section(marks, 'heat', at.heatTop), x, model.cells.value, at.rowHeight);
  if (at.imbalanceTop !== null) {
    title('imbalance', 'busiest server ÷ mean, by utilisation', at.imbalanceTop);
    const { bucket_s } = model.busy.value;
    const group = section(marks, 'imbalance', at.imbalanceTop);
    drawImbalance(group, x, imbalanceOver(model.busy.value), bucket_s, at.imbalanceHeight);
  }
  if (at.movesTop !== null) {
    title('moves', 'keys that moved and need not have', at.movesTop);
    drawKeyMoves(section(marks, 'moves', at.movesTop), x, model.moves, MOVES);
  }
  if (at.lanesTop !== null) {
    title('lanes', 'states of servers that changed', at.lanesTop);
    const lanes = model.changing.map((server) =>
      thoughtLane(history, server, cut(scope.label(server))),
    );
    drawStateLanes(section(marks, 'lanes', at.lanesTop), x, lanes);
  }
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
      isTrouble: mark.isTrouble || hidden !== null,
    };
  });
}

/** A name within the gutter. */
function cut(name: string): string {
  return name.length <= 13 ? name : `${name.slice(0, 12)}…`;
}
