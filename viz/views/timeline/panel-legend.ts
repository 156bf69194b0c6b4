import {
  bucketAt,
  type PanelLayer,
  type PanelLine,
  type TimePanel,
} from '../../charts/time-panel.ts';
import type { Group } from './panel-marks.ts';

/** Room for names and values to the left of every panel, pixels. */
export const LEGEND_WIDTH = 200;
const ROW = 15;
const FIRST_ROW = 20;
/** Right ends of the values of the strategy and of the other one. */
const VALUE_ENDS = [138, 198] as const;

/** Height of the legend of a panel, pixels. */
export function legendHeight({ lines, layers }: TimePanel): number {
  const rows = layers.length + new Set(lines.map(({ name }) => name)).size;
  return FIRST_ROW + rows * ROW + 4;
}

interface LegendRow {
  readonly name: string;
  readonly line: PanelLine | null;
  readonly layer: PanelLayer | null;
  readonly own: string;
  readonly other: string;
}

/** Title, and for each line or layer what it looks like and its value at a time. */
export function drawLegend(group: Group, panel: TimePanel, time_s: number): void {
  group
    .selectAll<SVGTextElement, string>('text.chart-title')
    .data([panel.title])
    .join((enter) => enter.append('text').attr('class', 'chart-title').attr('x', 18).attr('y', 14))
    .text((title) => title)
    .selectAll('tspan')
    .data(panel.note === '' ? [] : [panel.note])
    .join('tspan')
    .attr('class', 'chart-note')
    .attr('dx', 6)
    .text((note) => note);
  group
    .selectAll<SVGGElement, LegendRow>('g.legend-row')
    .data(rowsOf(panel, time_s))
    .join((enter) => {
      const row = enter.append('g').attr('class', 'legend-row');
      row.append('line').attr('x1', 18).attr('x2', 34);
      row.append('rect').attr('x', 18).attr('y', -5).attr('width', 16).attr('height', 10);
      row.append('text').attr('class', 'legend-name').attr('x', 40).attr('dy', '0.34em');
      for (const [i, end] of VALUE_ENDS.entries()) {
        row
          .append('text')
          .attr('class', `legend-value series-${i + 1}`)
          .attr('x', end)
          .attr('dy', '0.34em')
          .attr('text-anchor', 'end');
      }
      return row;
    })
    .attr('transform', (_, i) => `translate(0,${FIRST_ROW + ROW / 2 + i * ROW})`)
    .call((row) => {
      row
        .select('line')
        .attr('class', ({ line }) => `chart-line line-${line?.stroke ?? 'none'}`)
        .attr('display', ({ line }) => (line === null ? 'none' : null));
      row
        .select('rect')
        .attr('class', ({ layer }) => `chart-layer layer-${layer?.colour ?? 0}`)
        .attr('display', ({ layer }) => (layer === null ? 'none' : null));
      row.select('.legend-name').text(({ name }) => name);
      row.select('.legend-value.series-1').text(({ own }) => own);
      row.select('.legend-value.series-2').text(({ other }) => other);
    });
}

/** Layers from the top, as they are stacked; then lines, the two strategies' side by side. */
function rowsOf(panel: TimePanel, time_s: number): readonly LegendRow[] {
  const text = (series: PanelLine | PanelLayer | undefined): string =>
    series === undefined ? '' : panel.format(bucketAt(series, time_s));
  const layers = panel.layers.toReversed().map((layer) => ({
    name: layer.name,
    layer,
    line: null,
    own: text(layer),
    other: '',
  }));
  const names = [...new Set(panel.lines.map(({ name }) => name))];
  const lines = names.map((name) => {
    const [own, other] = ([1, 2] as const).map((wanted) =>
      panel.lines.find((line) => line.name === name && line.series === wanted),
    );
    return {
      name,
      layer: null,
      line: own ?? other ?? null,
      own: text(own),
      other: text(other),
    };
  });
  return [...layers, ...lines];
}
