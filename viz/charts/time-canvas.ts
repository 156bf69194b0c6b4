import { effect, type ReadonlySignal } from '@preact/signals-core';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { select, type Selection as Marks } from 'd3-selection';
import { createDrawQueue } from '../draw-queue.ts';
import { observeSize, type Size } from '../observe-size.ts';
import type { Dashboard } from '../view.ts';
import { attachTimePointer } from './time-pointer.ts';

export type TimeScale = ScaleLinear<number, number>;
export type Group = Marks<SVGGElement, unknown, null, undefined>;

export interface TimeCanvasOptions {
  /** Room for labels at both sides, pixels. */
  readonly left: number;
  readonly right: number;
  readonly label: string;
  /** Draws the chart; runs at most once a frame, whenever a signal has changed that it has read. */
  draw(marks: Group, x: TimeScale, size: Size): void;
}

/** One chart over time: an SVG with the cursor that all charts share, and a brush. */
export interface TimeCanvas {
  readonly svg: SVGSVGElement;
  readonly size: ReadonlySignal<Size>;
  /** The axis as it was drawn last. */
  axis(): TimeScale;
  stop(): void;
}

export function mountTimeCanvas(
  container: HTMLElement,
  dashboard: Dashboard,
  { left, right, label, draw }: TimeCanvasOptions,
): TimeCanvas {
  const { store } = dashboard;
  const svg = select(container)
    .append('svg')
    .attr('class', 'time-canvas')
    .attr('role', 'img')
    .attr('aria-label', label);
  const marks = svg.append('g');
  const brush = svg.append('rect').attr('class', 'time-brush').attr('y', 0).attr('width', 0);
  const cursor = svg.append('line').attr('class', 'strip-cursor');
  const size = observeSize(container);
  const queue = createDrawQueue();
  let x = scaleLinear();
  const placeCursor = (): void => {
    const { height, width } = size.signal.peek();
    const at = x(store.hoverTime_s.peek() ?? store.time_s.peek());
    const isSeen = at >= left - 0.5 && at <= width - right + 0.5;
    cursor
      .attr('x1', at)
      .attr('x2', at)
      .attr('y1', 0)
      .attr('y2', isSeen ? height : 0);
  };
  const stopMarks = queue.draw(() => {
    const { width, height } = size.signal.value;
    const { from_s, until_s } = store.window.value ?? store.span.value;
    x = scaleLinear([from_s, until_s], [left, Math.max(width - right, left + 1)]);
    svg.attr('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
    brush.attr('height', height);
    draw(marks, x, { width, height });
    placeCursor();
  });
  const stopCursor = effect(() => {
    void store.hoverTime_s.value;
    void store.time_s.value;
    placeCursor();
  });
  const stopPointer = attachTimePointer(
    svg.node()!,
    dashboard,
    () => x,
    (window) => {
      brush
        .attr('x', window === null ? 0 : x(window.from_s))
        .attr('width', window === null ? 0 : x(window.until_s) - x(window.from_s));
    },
  );
  return {
    svg: svg.node()!,
    size: size.signal,
    axis: () => x,
    stop() {
      stopMarks();
      stopCursor();
      stopPointer();
      queue.stop();
      size.stop();
      svg.remove();
    },
  };
}
