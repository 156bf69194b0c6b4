import type { ScaleLinear } from 'd3-scale';
import { formatShortClock } from '../../formats.ts';
import { timeTicks } from '../../time-ticks.ts';
import type { Group } from './panel-marks.ts';
import { TOP, type TimelineLayout } from './timeline-layout.ts';

/** Width of a time and the space to the next, pixels. */
const TICK_WIDTH = 80;

export function drawTimeAxis(group: Group, x: ScaleLinear<number, number>, bottom: number): void {
  const [left = 0, right = 1] = x.range();
  group
    .selectAll<SVGGElement, number>('g')
    .data(timeTicks(x.domain() as [number, number], (right - left) / TICK_WIDTH))
    .join((enter) => {
      const tick = enter.append('g');
      tick.append('line');
      tick.append('text').attr('y', 17).attr('text-anchor', 'middle');
      return tick;
    })
    .attr('transform', (time_s) => `translate(${x(time_s)},${bottom})`)
    .call((tick) => {
      tick
        .select('line')
        .attr('y1', TOP - bottom)
        .attr('y2', 4);
      tick.select('text').text((time_s) => formatShortClock(time_s));
    });
}

const LABEL_WIDTH = 54;

export function appendTimeCursor(group: Group): Group {
  group.attr('class', 'timeline-cursor');
  group.append('line');
  group.append('rect').attr('rx', 4).attr('width', LABEL_WIDTH).attr('height', 18);
  group.append('text').attr('text-anchor', 'middle');
  return group;
}

/** A line across all panels, and the time on the axis; nothing outside the window. */
export function moveTimeCursor(
  cursor: Group,
  time_s: number,
  { x, left, right, bottom }: TimelineLayout,
): void {
  const at = x(time_s);
  const label = Math.min(Math.max(at, left + LABEL_WIDTH / 2 - 18), right - LABEL_WIDTH / 2 + 16);
  cursor.attr('display', at < left - 1 || at > right + 1 ? 'none' : null);
  cursor
    .select('line')
    .attr('x1', at)
    .attr('x2', at)
    .attr('y1', TOP - 2)
    .attr('y2', bottom + 4);
  cursor
    .select('rect')
    .attr('x', label - LABEL_WIDTH / 2)
    .attr('y', bottom + 4);
  cursor
    .select('text')
    .attr('x', label)
    .attr('y', bottom + 17)
    .text(formatShortClock(Math.floor(time_s)));
}
