import { scaleLinear, scaleLog, type ScaleContinuousNumeric, type ScaleLinear } from 'd3-scale';
import type { Selection } from 'd3-selection';
import { area, line } from 'd3-shape';
import {
  bucketsWithin,
  domainOf,
  type PanelLayer,
  type PanelLine,
  type TimePanel,
  type TimeSeries,
} from '../../charts/time-panel.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;
type Bucket = readonly [bucket: number, value: number | null];
type ValueScale = ScaleContinuousNumeric<number, number>;

/** Room above what is greatest, so that a line does not run along the edge. */
const MARGIN = 1.08;

/** Where a panel stands, pixels; `top` and `bottom` are the ends of its scale. */
export interface PanelPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Grid, bands, layers and lines of one panel. */
export function drawPanel(
  group: Group,
  panel: TimePanel,
  x: ScaleLinear<number, number>,
  place: PanelPlace,
): void {
  const window = x.domain() as [number, number];
  const y = valueScale(panel, window, place);
  drawGrid(group.select('.chart-grid'), panel, y, place);
  drawLayers(group.select('.chart-layers'), panel.layers, window, x, y);
  drawBands(group.select('.chart-bands'), panel.lines, window, x, y);
  drawLines(group.select('.chart-lines'), panel.lines, window, x, y);
}

export function appendPanel(group: Group): void {
  for (const part of ['grid', 'layers', 'bands', 'lines']) {
    group.append('g').attr('class', `chart-${part}`);
  }
}

function valueScale(
  panel: TimePanel,
  window: readonly [number, number],
  { top, bottom }: PanelPlace,
): ValueScale {
  const [low, high] = domainOf(panel, window);
  const range = [bottom, top];
  return panel.scale === 'log'
    ? scaleLog([low / MARGIN, high * MARGIN], range)
    : scaleLinear([low, high * (panel.scale === 'zero' ? MARGIN : 1)], range);
}

function drawGrid(group: Group, panel: TimePanel, y: ValueScale, place: PanelPlace): void {
  const { left, right } = place;
  const wanted = panel.scale === 'share' ? 2 : 3;
  const ticks = panel.scale === 'log' ? powersOfTen(y.domain()) : y.ticks(wanted);
  group
    .selectAll<SVGGElement, number>('g')
    .data(ticks)
    .join((enter) => {
      const tick = enter.append('g').attr('class', 'chart-tick');
      tick.append('line');
      tick.append('text').attr('text-anchor', 'end').attr('dy', '0.34em');
      return tick;
    })
    .attr('transform', (value) => `translate(0,${y(value)})`)
    .call((tick) => {
      tick.select('line').attr('x1', left).attr('x2', right);
      tick
        .select('text')
        .attr('x', left - 6)
        .text((value) => panel.format(value));
    });
}

function powersOfTen([low = 1, high = 1]: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => 10 ** (first + i));
}

function drawLayers(
  group: Group,
  layers: readonly PanelLayer[],
  window: readonly [number, number],
  x: ScaleLinear<number, number>,
  y: ValueScale,
): void {
  const below = new Map<number, number>();
  const paths = layers.map((layer) => {
    const stacked = bucketsWithin(layer, window).map(([bucket, value]) => {
      const from = below.get(bucket) ?? 0;
      below.set(bucket, from + (value ?? 0));
      return { bucket, from, until: value === null ? null : from + value };
    });
    const path = area<(typeof stacked)[number]>()
      .defined(({ until }) => until !== null)
      .x(({ bucket }) => x(middleOf(layer, bucket)))
      .y0(({ from }) => y(from))
      .y1(({ until }) => y(until ?? 0));
    return { colour: layer.colour, d: path(stacked) };
  });
  group
    .selectAll<SVGPathElement, (typeof paths)[number]>('path')
    .data(paths)
    .join('path')
    .attr('class', ({ colour }) => `chart-layer layer-${colour}`)
    .attr('d', ({ d }) => d);
}

function drawBands(
  group: Group,
  lines: readonly PanelLine[],
  window: readonly [number, number],
  x: ScaleLinear<number, number>,
  y: ValueScale,
): void {
  const floor = y.domain()[0] ?? 0;
  group
    .selectAll<SVGPathElement, PanelLine>('path')
    .data(lines.filter(({ band }) => band !== null))
    .join('path')
    .attr('class', ({ series }) => `chart-band series-${series}`)
    .attr('d', (one) => {
      const [low, high] = one.band!;
      const path = area<Bucket>()
        .defined(([bucket]) => isNumber(low[bucket]) && isNumber(high[bucket]))
        .x(([bucket]) => x(middleOf(one, bucket)))
        .y0(([bucket]) => y(Math.max(low[bucket] ?? 0, floor)))
        .y1(([bucket]) => y(Math.max(high[bucket] ?? 0, floor)));
      return path(bucketsWithin(one, window));
    });
}

function drawLines(
  group: Group,
  lines: readonly PanelLine[],
  window: readonly [number, number],
  x: ScaleLinear<number, number>,
  y: ValueScale,
): void {
  const floor = y.domain()[0] ?? 0;
  group
    .selectAll<SVGPathElement, PanelLine>('path')
    .data(lines)
    .join('path')
    .attr('class', ({ series, stroke }) => `chart-line series-${series} line-${stroke}`)
    .attr('d', (one) => {
      const path = line<Bucket>()
        .defined(([, value]) => value !== null)
        .x(([bucket]) => x(middleOf(one, bucket)))
        .y(([, value]) => y(Math.max(value ?? 0, floor)));
      return path(bucketsWithin(one, window));
    });
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

const middleOf = ({ start_s, bucket_s }: TimeSeries, bucket: number): number =>
  start_s + (bucket + 0.5) * bucket_s;
