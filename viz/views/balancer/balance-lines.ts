import { line } from 'd3-shape';
import { scaleLinear } from 'd3-scale';
import type { KeyMove } from '../../../sim/recording.ts';
import type { Group, TimeScale } from '../../charts/time-canvas.ts';
import { formatPercent } from '../../formats.ts';

/** Imbalance over the story: 1 at the bottom, the worst there is at the top. */
export function drawImbalance(
  group: Group,
  x: TimeScale,
  values: readonly (number | null)[],
  bucket_s: number,
  height: number,
): void {
  const shown = values.filter((value): value is number => value !== null);
  const worst = Math.max(1.5, ...shown);
  const y = scaleLinear([1, worst], [height - 2, 4]);
  const [from = 0, until = 0] = x.range();
  const path = line<number | null>()
    .defined(
      (value, i) =>
        value !== null &&
        x((i + 0.5) * bucket_s) >= from - 0.5 &&
        x((i + 0.5) * bucket_s) <= until + 0.5,
    )
    .x((_, i) => x((i + 0.5) * bucket_s))
    .y((value) => y(value ?? 1));
  drawRules(
    group,
    [1, worst],
    y,
    [from, until],
    (value) => `× ${value < 10 ? value.toFixed(1) : Math.round(value)}`,
  );
  group
    .selectAll('path')
    .data([values])
    .join('path')
    .attr('class', 'balance-line')
    .attr('d', (all) => path(all));
}

/** Keys that changed their server, a bar a change. */
export function drawKeyMoves(
  group: Group,
  x: TimeScale,
  moves: readonly KeyMove[],
  height: number,
): void {
  const most = Math.max(...moves.map(({ moved_ratio }) => moved_ratio), 1e-9);
  const [from = 0, until = 0] = x.range();
  const y = scaleLinear([0, most], [height, 6]);
  const shown = moves.filter(({ t_s }) => x(t_s) >= from && x(t_s) <= until);
  drawRules(group, [0, most], y, [from, until], formatPercent);
  group
    .selectAll<SVGRectElement, KeyMove>('rect')
    .data(shown)
    .join((enter) => {
      const bar = enter.append('rect').attr('class', 'key-move').attr('width', 3);
      bar.append('title');
      return bar;
    })
    .attr('x', ({ t_s }) => x(t_s) - 1.5)
    .attr('y', ({ moved_ratio }) => Math.min(y(moved_ratio), height - 1.5))
    .attr('height', ({ moved_ratio }) => Math.max(height - y(moved_ratio), 1.5))
    .select('title')
    .text(({ moved_ratio }) => `${formatPercent(moved_ratio)} of all keys moved`);
}

/** A line across at each value, named at its left. */
function drawRules(
  group: Group,
  values: readonly number[],
  y: (value: number) => number,
  [from, until]: readonly [number, number],
  label: (value: number) => string,
): void {
  group
    .selectAll('line')
    .data(values)
    .join('line')
    .attr('class', 'chart-rule')
    .attr('x1', from)
    .attr('x2', until)
    .attr('y1', y)
    .attr('y2', y);
  group
    .selectAll('text')
    .data(values)
    .join('text')
    .attr('class', 'row-label is-quiet')
    .attr('font-size', 11)
    .attr('x', from - 8)
    .attr('y', (value) => y(value) + 4)
    .text(label);
}
