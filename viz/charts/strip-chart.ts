import { effect } from '@preact/signals-core';
import { max } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { area, line } from 'd3-shape';
import { observeSize } from '../observe-size.ts';
import type { Dashboard } from '../view.ts';
import { attachStripPointer } from './strip-pointer.ts';

export interface StripSeries {
  readonly name: string;
  readonly start_s: number;
  readonly bucket_s: number;
  readonly values: readonly (number | null)[];
  /** Smallest and largest over replications; null without. */
  readonly band:
    | readonly [low: readonly (number | null)[], high: readonly (number | null)[]]
    | null;
}

export interface StripContent {
  readonly title: string;
  readonly format: (value: number | null) => string;
  /** The strategy, then what it is compared with. */
  readonly series: readonly StripSeries[];
}

const TOP = 30;
const BOTTOM = 4;

/**
 * A small line over the story with its value now; a line at the cursor, which follows the pointer
 * in all charts. A click goes there, a drag restricts all charts to what it covers, a double click
 * shows the whole story again. `content` runs in an effect.
 */
export function mountStripChart(
  container: HTMLElement,
  dashboard: Dashboard,
  content: () => StripContent,
): () => void {
  const { store } = dashboard;
  const root = select(container);
  const head = root.append('div').attr('class', 'strip-head');
  const title = head.append('span').attr('class', 'strip-title');
  const figures = head.append('span').attr('class', 'strip-figures');
  const svg = root.append('svg').attr('class', 'strip-svg').attr('aria-hidden', 'true');
  const marks = svg.append('g');
  const cursor = svg.append('line').attr('class', 'strip-cursor');
  const size = observeSize(container);
  let x = scaleLinear();

  const stopMarks = effect(() => {
    const { width, height } = size.signal.value;
    const { from_s, until_s } = store.window.value ?? store.span.value;
    const shown = content();
    x = scaleLinear([from_s, until_s], [0, width]);
    const top = max(shown.series, ({ values, band }) =>
      max([...values, ...(band?.[1] ?? [])], Number),
    );
    const y = scaleLinear([0, (top ?? 1) || 1], [Math.max(height - BOTTOM, 1), TOP]);
    svg.attr('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
    drawSeries(marks, shown.series, x, y);
    title.text(shown.title);
  });
  const stopCursor = effect(() => {
    const { height } = size.signal.value;
    void store.window.value;
    void store.span.value;
    const at = x(store.hoverTime_s.value ?? store.time_s.value);
    cursor
      .attr('x1', at)
      .attr('x2', at)
      .attr('y1', TOP - 4)
      .attr('y2', height);
  });
  const stopFigures = effect(() => {
    const { series, format } = content();
    const at_s = store.hoverTime_s.value ?? store.calmTime_s.value;
    figures
      .selectAll('span')
      .data(series)
      .join('span')
      .attr('class', (_, i) => `strip-figure series-${i + 1}`)
      .text((one) => format(valueAt(one, at_s)));
  });
  attachStripPointer(container, svg.node()!, dashboard, (pixels) => roundTenth(x.invert(pixels)));
  return () => {
    stopMarks();
    stopCursor();
    stopFigures();
    size.stop();
    container.replaceChildren();
  };
}

/** Nobody points more exactly, and links stay short. */
const roundTenth = (time_s: number): number => Math.round(time_s * 10) / 10;

/** The value of the bucket that a time lies in. */
export function valueAt({ start_s, bucket_s, values }: StripSeries, time_s: number): number | null {
  const bucket = Math.floor((time_s - start_s) / bucket_s);
  return values[Math.min(bucket, values.length - 1)] ?? null;
}

type Scale = ScaleLinear<number, number>;
type Marks = ReturnType<typeof marksOf>;
const marksOf = (element: SVGSVGElement) => select(element).append('g');

function drawSeries(marks: Marks, series: readonly StripSeries[], x: Scale, y: Scale): void {
  const [low, high] = [0, 1] as const;
  const middle = (of: StripSeries, i: number): number => x(of.start_s + (i + 0.5) * of.bucket_s);
  marks
    .selectAll<SVGGElement, StripSeries>('g')
    .data(series)
    .join((enter) => {
      const group = enter.append('g');
      group.append('path').attr('class', 'strip-band');
      group.append('path').attr('class', 'strip-line');
      return group;
    })
    .attr('class', (_, i) => `series-${i + 1}`)
    .each(function (one) {
      const bandPath = area<number | null>()
        .defined((value, i) => value !== null && (one.band?.[low][i] ?? null) !== null)
        .x((_, i) => middle(one, i))
        .y0((_, i) => y(one.band?.[low][i] ?? 0))
        .y1((_, i) => y(one.band?.[high][i] ?? 0));
      const linePath = line<number | null>()
        .defined((value) => value !== null)
        .x((_, i) => middle(one, i))
        .y((value) => y(value ?? 0));
      const group = select(this);
      group.select('.strip-band').attr('d', one.band === null ? null : bandPath(one.values));
      group.select('.strip-line').attr('d', linePath(one.values));
    });
}
