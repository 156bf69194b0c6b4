import { axisBottom } from 'd3-axis';
import { scaleSymlog, type ScaleSymLog } from 'd3-scale';
import { select } from 'd3-selection';
import type { Comparison } from '../../../sim/report.ts';
import { formatChange } from '../../formats.ts';
import { metricWords } from '../../metric-words.ts';
import type { Size } from '../../observe-size.ts';
import { isShown, relativeText, VERDICT_SIGNS } from './verdict.ts';

/** Columns, pixels: what is compared at the left; figures and the verdict at the right. */
const NAMES = 164;
const FIGURES = 326;
const ROW_MIN = 19;
const AXIS = 26;
/** Up to this the scale is linear: differences below 1 % are small whatever the metric. */
const LINEAR = 0.01;
const TICKS = [0, 0.1, -0.1, 1, -0.5, 0.02, -0.02, 10, -0.9, 0.3];
/** Width of a label and the space to the next, pixels. */
const TICK_SPACE = 42;

/** Width that shows all columns: a narrower place scrolls. */
export const DOT_PLOT_WIDTH_MIN = NAMES + 120 + FIGURES;

/** Height that shows all rows. */
export const dotPlotHeight = (rows: number): number => rows * ROW_MIN + AXIS;

/**
 * Each comparison as a dot with its interval about zero, hollow where nothing is shown. The scale
 * is symmetric and logarithmic: a difference of 2 % and one of 200 % are both seen.
 */
export function drawDotPlot(
  svg: SVGSVGElement,
  comparisons: readonly Comparison[],
  { width, height }: Size,
): void {
  const root = select(svg).attr('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
  const row = Math.max(ROW_MIN, (height - AXIS) / Math.max(comparisons.length, 1));
  const right = Math.max(width - FIGURES, NAMES + 60);
  const x = scaleSymlog(domainOf(comparisons), [NAMES, right]).constant(LINEAR).clamp(true);
  const bottom = row * comparisons.length;
  root
    .selectAll<SVGGElement, null>('g.dot-axis')
    .data([null])
    .join('g')
    .attr('class', 'dot-axis')
    .attr('transform', `translate(0,${bottom})`)
    .call(
      axisBottom(x)
        .tickValues(ticksWithin(x))
        .tickFormat((value) => formatChange(Number(value)))
        .tickSize(-bottom),
    )
    .selectAll<SVGGElement, number>('.tick')
    .classed('is-zero', (value) => value === 0);
  root
    .selectAll<SVGGElement, Comparison>('g.dot-row')
    .data(comparisons)
    .join((enter) => {
      const group = enter.append('g');
      group.append('text').attr('class', 'dot-name').attr('dy', '0.34em');
      group.append('line').attr('class', 'dot-interval');
      group.append('circle').attr('r', 5);
      group.append('text').attr('class', 'dot-figures').attr('dy', '0.34em');
      group.append('text').attr('class', 'dot-verdict').attr('dy', '0.34em');
      return group;
    })
    .attr('class', (one) => `dot-row verdict-${one.verdict.replaceAll(' ', '-')}`)
    .attr('transform', (_, i) => `translate(0,${(i + 0.5) * row})`)
    .each(function (one) {
      const group = select(this);
      const relative = one.relative_difference;
      group.select('.dot-name').text(rowName(one));
      group
        .select('.dot-interval')
        .attr('x1', x(relative?.low ?? 0))
        .attr('x2', x(relative?.high ?? 0));
      group
        .select('circle')
        .attr('cx', x(relative?.mean ?? 0))
        .attr('display', relative === null ? 'none' : null)
        .classed('is-hollow', !isShown(one));
      group
        .select('.dot-figures')
        .attr('x', right + 14)
        .text(relativeText(one));
      group
        .select('.dot-verdict')
        .attr('x', width - 134)
        .text(`${VERDICT_SIGNS[one.verdict]} ${one.verdict}`);
    });
}

const rowName = ({ metric, during }: Comparison): string => {
  const when = during === undefined ? 'whole run' : during.slice(0, 14);
  return `${metricWords(metric).slice(0, 18)} · ${when}`;
};

/** Holds all intervals, at least ± 5 %, and is symmetric enough that zero stands out. */
function domainOf(comparisons: readonly Comparison[]): [number, number] {
  const ends = comparisons.flatMap(({ relative_difference: relative }) =>
    relative === null ? [] : [relative.low ?? relative.mean, relative.high ?? relative.mean],
  );
  return [Math.min(-0.05, ...ends) * 1.15, Math.max(0.05, ...ends) * 1.15];
}

/** As many ticks as stand apart, the most telling first. */
function ticksWithin(x: ScaleSymLog<number, number>): number[] {
  const [low = 0, high = 0] = x.domain();
  const chosen: number[] = [];
  for (const tick of TICKS) {
    const isInside = tick >= low && tick <= high;
    if (isInside && chosen.every((other) => Math.abs(x(tick) - x(other)) >= TICK_SPACE)) {
      chosen.push(tick);
    }
  }
  return chosen;
}
