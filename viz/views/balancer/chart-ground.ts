import type { Group, TimeScale } from '../../charts/time-canvas.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { formatShortClock } from '../../formats.ts';
import { layOutEvents, type EventBar } from '../../panels/event-lanes.ts';
import { timeTicks } from '../../time-ticks.ts';
import type { BalancerLayout } from './balancer-layout.ts';

/** A group of its own at a height, made once. */
export function section(marks: Group, name: string, top: number): Group {
  return marks
    .selectAll<SVGGElement, null>(`g.chart-${name}`)
    .data([null])
    .join('g')
    .attr('class', `chart-${name}`)
    .attr('transform', `translate(0,${top})`) as unknown as Group;
}

/** Words above a section, where its plot begins. */
export function heading(
  marks: Group,
  name: string,
  text: string,
  at: { readonly left: number; readonly top: number },
): void {
  marks
    .selectAll(`text.heading-${name}`)
    .data([text])
    .join('text')
    .attr('class', `chart-heading heading-${name}`)
    .attr('x', at.left)
    .attr('y', at.top - 6)
    .text((words) => words);
}

/** Events behind everything, the axis below. */
export function drawGround(
  marks: Group,
  x: TimeScale,
  { index }: RecordingPlayer,
  { axisTop, height }: BalancerLayout,
): void {
  section(marks, 'events', 0)
    .selectAll<SVGGElement, EventBar>('g')
    .data(layOutEvents(index.events, x, 1))
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
