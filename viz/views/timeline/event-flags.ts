import type { ScaleLinear } from 'd3-scale';
import type { RecordedEvent } from '../../../sim/recording.ts';
import { layOutEvents, type EventBar } from '../../panels/event-lanes.ts';
import type { Group } from './panel-marks.ts';

/** Lanes of flags above the panels. */
export const FLAG_LANES = 2;
export const FLAG_LANE = 20;

/**
 * Flags with names on top, and across all panels the ground of what goes on and its start. A click
 * on a flag goes there.
 */
export function drawEventFlags(
  group: Group,
  events: readonly RecordedEvent[],
  x: ScaleLinear<number, number>,
  bottom: number,
  seek: (time_s: number) => void,
): void {
  const bars = layOutEvents(events, x, FLAG_LANES);
  const top = FLAG_LANES * FLAG_LANE + 4;
  group
    .selectAll<SVGGElement, EventBar>('g')
    .data(bars)
    .join((enter) => {
      const flag = enter.append('g').attr('class', 'event-flag');
      flag.append('title');
      flag.append('rect').attr('class', 'event-ground');
      flag.append('line').attr('class', 'event-start');
      flag
        .append('rect')
        .attr('class', 'event-bar')
        .attr('rx', 3)
        .attr('height', FLAG_LANE - 4);
      flag.append('text').attr('x', 6).attr('y', 12);
      return flag;
    })
    .on('click', (_, { event }) => seek(event.at_s))
    .attr('transform', (bar) => `translate(${bar.x},0)`)
    .call((flag) => {
      flag.select('title').text(({ event }) => event.text);
      flag
        .select('.event-ground')
        .attr('y', top)
        .attr('width', ({ width }) => width)
        .attr('height', Math.max(bottom - top, 0));
      flag.select('.event-start').attr('y1', yOf).attr('y2', bottom);
      flag
        .select('.event-bar')
        .attr('y', yOf)
        .attr('width', ({ width }) => width);
      flag
        .select('text')
        .attr('y', (bar) => yOf(bar) + 12)
        .text(({ label }) => label);
    });
}

const yOf = ({ lane }: EventBar): number => 4 + lane * FLAG_LANE;
