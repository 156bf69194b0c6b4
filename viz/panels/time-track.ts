import { computed, effect } from '@preact/signals-core';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatClock, formatShortClock } from '../formats.ts';
import { observeSize } from '../observe-size.ts';
import { timeTicks } from '../time-ticks.ts';
import type { Dashboard } from '../view.ts';
import { layOutEvents, type EventBar } from './event-lanes.ts';

const MARGIN = 12;
const LANE_HEIGHT = 18;
const RAIL = 12;
const AXIS = 18;

/** The scrubber: a slider whose ground shows the events of the story. */
export function mountTimeTrack(container: HTMLElement, dashboard: Dashboard): () => void {
  const { store, clock } = dashboard;
  const svg = select(container)
    .append('svg')
    .attr('class', 'time-track-svg')
    .attr('role', 'slider')
    .attr('tabindex', 0)
    .attr('aria-label', 'Time');
  const ground = svg.append('g');
  const cursor = svg.append('g').attr('class', 'time-cursor');
  cursor.append('line');
  cursor.append('circle').attr('r', 7);
  let x = scaleLinear();
  const size = observeSize(container);

  const stopGround = effect(() => {
    const { width, height } = size.signal.value;
    const { from_s, until_s } = store.window.value ?? store.span.value;
    x = scaleLinear([from_s, until_s], [MARGIN, Math.max(width - MARGIN, MARGIN + 1)]);
    svg.attr('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
    svg.attr('aria-valuemin', from_s).attr('aria-valuemax', until_s);
    drawAxis(ground, x, height);
    const lanes = Math.max(1, Math.floor((height - AXIS - RAIL) / LANE_HEIGHT));
    drawEvents(ground, layOutEvents(store.recording.value?.index.events ?? [], x, lanes));
  });
  const stopCursor = effect(() => {
    const { height } = size.signal.value;
    void store.window.value;
    void store.span.value;
    const time_s = store.time_s.value;
    cursor.attr('transform', `translate(${x(time_s)},0)`);
    cursor
      .select('line')
      .attr('y1', 2)
      .attr('y2', height - AXIS - RAIL / 2);
    cursor.select('circle').attr('cy', height - AXIS - RAIL / 2);
  });
  const second = computed(() => Math.floor(store.time_s.value));
  const stopValue = effect(() => {
    svg.attr('aria-valuenow', second.value).attr('aria-valuetext', formatClock(second.value));
  });

  const seekTo = (event: PointerEvent): void => {
    const box = container.getBoundingClientRect();
    clock.seek(Math.round(x.invert(event.clientX - box.left) * 10) / 10);
  };
  svg
    .on('pointerdown', (event: PointerEvent) => {
      (event.currentTarget as SVGElement).setPointerCapture(event.pointerId);
      store.isScrubbing.value = true;
      seekTo(event);
    })
    .on('pointermove', (event: PointerEvent) => {
      if (store.isScrubbing.peek()) seekTo(event);
    })
    .on('pointerup pointercancel', () => void (store.isScrubbing.value = false))
    .on('dblclick', () => void (store.window.value = null));
  return () => {
    stopGround();
    stopCursor();
    stopValue();
    size.stop();
    container.replaceChildren();
  };
}

type Group = ReturnType<typeof groupOf>;
const groupOf = (element: SVGSVGElement) => select(element).append('g');

function drawAxis(ground: Group, x: ScaleLinear<number, number>, height: number): void {
  const rail = height - AXIS - RAIL / 2;
  const [from = 0, until = 1] = x.range();
  ground
    .selectAll('line.rail')
    .data([null])
    .join('line')
    .attr('class', 'rail')
    .attr('x1', from)
    .attr('x2', until)
    .attr('y1', rail)
    .attr('y2', rail);
  const ticks = timeTicks(x.domain() as [number, number], (until - from) / 90);
  ground
    .selectAll<SVGGElement, number>('g.tick')
    .data(ticks)
    .join((enter) => {
      const tick = enter.append('g').attr('class', 'tick');
      tick.append('line');
      tick.append('text');
      return tick;
    })
    .attr('transform', (time_s) => `translate(${x(time_s)},${rail})`)
    .call((tick) => {
      tick.select('line').attr('y1', 4).attr('y2', 9);
      tick
        .select('text')
        .attr('y', 20)
        .attr('text-anchor', (time_s) =>
          x(time_s) < from + 14 ? 'start' : x(time_s) > until - 14 ? 'end' : 'middle',
        )
        .text((time_s) => formatShortClock(time_s));
    });
}

function drawEvents(ground: Group, bars: readonly EventBar[]): void {
  ground
    .selectAll<SVGGElement, EventBar>('g.event')
    .data(bars)
    .join((enter) => {
      const event = enter.append('g').attr('class', 'event');
      event.append('title');
      event
        .append('rect')
        .attr('rx', 3)
        .attr('height', LANE_HEIGHT - 4);
      event.append('text').attr('y', 11).attr('x', 6);
      return event;
    })
    .attr('transform', ({ x, lane }) => `translate(${x},${4 + lane * LANE_HEIGHT})`)
    .call((event) => {
      event.select('title').text(({ event: { text } }) => text);
      event.select('rect').attr('width', ({ width }) => width);
      event.select('text').text(({ label }) => label);
    });
}
