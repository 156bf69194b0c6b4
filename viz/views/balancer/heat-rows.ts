import { select } from 'd3-selection';
import { interpolateInferno } from 'd3-scale-chromatic';
import type { Group, TimeScale } from '../../charts/time-canvas.ts';
import type { LoadCells } from './load-cells.ts';

/** Steps of colour: more cannot be told apart, and each is one path. */
const LEVELS = 24;

/** Colour of a share 0 … 1 of the most. */
export const heatColour = (share: number): string =>
  interpolateInferno(0.05 + 0.93 * Math.min(Math.max(share, 0), 1));

/**
 * Cells of a heat map, one path a colour; neighbours of one colour in a row are one cell. Cells
 * without a value are left open.
 */
export function drawHeat(
  group: Group,
  x: TimeScale,
  { rows, bucket_s, most }: LoadCells,
  rowHeight: number,
): void {
  const batches = Array.from({ length: LEVELS }, (): string[] => []);
  const [from = 0, until = 0] = x.range();
  // Whole pixels: between fractions of one the ground would shine through.
  const inside = (pixel: number): number => Math.round(Math.min(Math.max(pixel, from), until));
  const gap = rowHeight > 6 ? 1 : 0;
  rows.forEach((row, r) => {
    for (let start = 0; start < row.length;) {
      const level = levelOf(row[start]!, most);
      let end = start + 1;
      while (end < row.length && levelOf(row[end]!, most) === level) end++;
      const left = inside(x(start * bucket_s));
      const width = inside(x(end * bucket_s)) - left;
      if (level >= 0 && width > 0) {
        const top = r * rowHeight;
        const tall = rowHeight - gap;
        batches[level]!.push(`M${left},${top}h${width}v${tall}h-${width}z`);
      }
      start = end;
    }
  });
  group
    .selectAll<SVGPathElement, string[]>('path')
    .data(batches)
    .join('path')
    .attr('class', 'heat-cells')
    .attr('fill', (_, level) => heatColour(level / (LEVELS - 1)))
    .attr('d', (cells) => cells.join(''));
}

const levelOf = (value: number, most: number): number =>
  Number.isNaN(value) ? -1 : Math.round(Math.min(value / most, 1) * (LEVELS - 1));

export interface RowLabel {
  readonly text: string;
  /** Said to screen readers. */
  readonly spoken: string;
  readonly isSelected: boolean;
  /** Of its state now, empty where that is the usual one. */
  readonly sign: string;
  readonly isTrouble: boolean;
}

/** Names beside the rows; each can be focused and pressed. */
export function drawRowLabels(
  group: Group,
  labels: readonly RowLabel[],
  left: number,
  rowHeight: number,
): void {
  // Where rows are lower than letters, every so many has its name.
  const every = Math.max(1, Math.ceil(9.5 / rowHeight));
  group
    .selectAll<SVGGElement, RowLabel>('g.row')
    .data(labels)
    .join((enter) => {
      const row = enter.append('g').attr('class', 'row').attr('role', 'button');
      row.append('rect').attr('class', 'row-ground').attr('x', 0);
      row.append('text').attr('class', 'row-label');
      return row;
    })
    .attr('transform', (_, r) => `translate(0,${r * rowHeight})`)
    .attr('aria-label', ({ spoken }) => spoken)
    .attr('data-row', (_, r) => r)
    .each(function ({ text, isSelected, sign, isTrouble }, r) {
      const row = select(this);
      row.classed('is-selected', isSelected);
      row.classed('is-trouble', isTrouble);
      row.classed('is-off', sign !== '' && !isTrouble);
      row
        .select('rect')
        .attr('width', left - 2)
        .attr('height', rowHeight);
      row
        .select('text')
        .attr('x', left - 8)
        .attr('y', rowHeight / 2 + (rowHeight < 12 ? 3.5 : 4))
        .attr('font-size', rowHeight < 12 ? 10 : 11)
        .text(r % every === 0 || isSelected ? `${sign} ${text}`.trim() : '');
    });
}
