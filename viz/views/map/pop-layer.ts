import { scaleSqrt } from 'd3-scale';
import { select, type Selection as Marks } from 'd3-selection';
import { arc } from 'd3-shape';
import { formatPercent, formatRate } from '../../formats.ts';
import { CATCHMENT_COLOURS, STATE_MARKS, utilisationColour } from '../../theme.ts';
import type { LabelSide } from './label-room.ts';
import type { PopNow } from './network-now.ts';

/** A POP where it is drawn, pixels of the screen. */
export interface PopMark extends PopNow {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly isSelected: boolean;
  /** Where there is room for its name. */
  readonly label: LabelSide | null;
}

export const RADIUS_RANGE = [4, 28] as const;
/** Width of the ring of utilisation and its distance from the circle, pixels. */
const RING = { gap: 2, width: 3.5 } as const;
/** How far the glow around trouble reaches beyond the ring, pixels. */
export const HALO = 9;

/** Area by requests per second. */
export function radiusScale(mostPerSecond: number): (perSecond: number) => number {
  const scale = scaleSqrt([0, Math.max(mostPerSecond, 1e-9)], [...RADIUS_RANGE]).clamp(true);
  return (perSecond) => (Number.isNaN(perSecond) ? RADIUS_RANGE[0] : scale(perSecond));
}

const outerOf = ({ radius }: PopMark): number => radius + RING.gap + RING.width;

/** POPs whose radii are nearer than this, pixels, need not be in order of size. */
const RANK_STEP = 6;

/** What an element shows, so that what has not changed is left alone. */
const shown = new WeakMap<SVGGElement, string>();

type PopMarks = Marks<SVGGElement, PopMark, SVGGElement, unknown>;

/** POPs as circles with a ring; each can be focused, the arrows move between them. */
export function drawPops(root: SVGGElement, marks: readonly PopMark[]): PopMarks {
  const sorted = [...marks].sort((a, b) => rankOf(a) - rankOf(b) || a.index - b.index);
  const pops = select(root)
    .selectAll<SVGGElement, PopMark>('g.pop')
    .data(sorted, ({ pop }) => pop.name)
    .join(enterPop);
  pops.filter(hasChanged).call(updatePop);
  return pops.attr('aria-label', spoken);
}

/** By what can be seen: radii are whole or half pixels, rings have sixty-fourths. */
function hasChanged(this: SVGGElement, mark: PopMark): boolean {
  const { x, y, radius, utilisation, state, isSelected, label, pop } = mark;
  const place = `${x.toFixed(1)},${y.toFixed(1)}`;
  const look = [place, radius, arcOf(utilisation), state.state, isSelected, label, pop.colour];
  const text = look.join(' ');
  if (shown.get(this) === text) return false;
  shown.set(this, text);
  return true;
}

/** Of the ring, in sixty-fourths: what an eye can tell apart. */
const arcOf = (utilisation: number): number => Math.round(Math.min(utilisation || 0, 1) * 64);

function updatePop(pops: PopMarks): void {
  updateDiscs(pops);
  updateLabels(pops);
  pops
    .attr('class', ({ isSelected, state: { state } }) =>
      ['pop', `pop-${state}`, isSelected ? 'is-selected' : ''].join(' '),
    )
    .attr('transform', ({ x, y }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`);
}

/**
 * Drawn last, so on top: what is selected, then trouble; small ones over large ones, by steps, as
 * elements that change places cost more than what they show.
 */
export function rankOf({ isSelected, state, radius }: PopMark): number {
  const size = Math.round(radius / RANK_STEP);
  return (isSelected ? 2e3 : 0) + (STATE_MARKS[state.state].isTrouble ? 1e3 : 0) - size;
}

function enterPop(
  enter: Marks<ReturnType<typeof Object>, PopMark, SVGGElement, unknown>,
): PopMarks {
  const pop = enter.append('g').attr('role', 'button').attr('tabindex', -1) as unknown as PopMarks;
  pop.append('circle').attr('class', 'pop-halo');
  pop.append('circle').attr('class', 'pop-focus');
  pop.append('circle').attr('class', 'pop-track').attr('fill', 'none');
  pop.append('path').attr('class', 'pop-ring');
  pop.append('circle').attr('class', 'pop-disc');
  pop.append('circle').attr('class', 'pop-core');
  pop.append('text').attr('class', 'pop-sign').attr('dy', '0.35em');
  pop.append('text').attr('class', 'pop-label');
  return pop;
}

function updateDiscs(pops: PopMarks): void {
  const middle = ({ radius }: PopMark): number => radius + RING.gap + RING.width / 2;
  pops.select('.pop-halo').attr('r', (mark) => outerOf(mark) + HALO);
  pops.select('.pop-focus').attr('r', (mark) => outerOf(mark) + 3);
  pops.select('.pop-track').attr('r', middle).attr('stroke-width', RING.width);
  const ring = arc<PopMark>()
    .innerRadius(({ radius }) => radius + RING.gap)
    .outerRadius(outerOf)
    .startAngle(0)
    .endAngle(({ utilisation }) => (arcOf(utilisation) / 64) * 2 * Math.PI);
  pops
    .select<SVGPathElement>('.pop-ring')
    .attr('d', ring)
    .attr('fill', ({ utilisation }) => utilisationColour(utilisation));
  pops
    .select('.pop-disc')
    .attr('r', ({ radius }) => radius)
    .attr('fill', ({ state: { state } }) => STATE_MARKS[state].colour);
  pops
    .select('.pop-sign')
    .text(({ state: { state } }) => STATE_MARKS[state].sign)
    .attr('font-size', ({ radius }) => Math.max(radius * 1.25, 11));
  // The colour of the land that it serves; a sign takes its place in trouble.
  pops
    .select('.pop-core')
    .attr('r', ({ radius, state: { state } }) => (STATE_MARKS[state].isTrouble ? 0 : radius * 0.5))
    .attr('fill', ({ pop }) => CATCHMENT_COLOURS[pop.colour % 7]!);
}

function updateLabels(pops: PopMarks): void {
  pops
    .select('.pop-label')
    .attr(
      'x',
      (mark) => LABEL_DIRECTION[mark.label ?? 'right'][0] * (outerOf(mark) + 4 + haloOf(mark)),
    )
    .attr(
      'y',
      (mark) => LABEL_DIRECTION[mark.label ?? 'right'][1] * (outerOf(mark) + 10 + haloOf(mark)),
    )
    .attr('dy', '0.34em')
    .attr('text-anchor', ({ label }) => ANCHORS[label ?? 'right'])
    .text(({ label, pop }) => (label === null ? '' : labelOf(pop.name)));
}

export const haloOf = ({ state: { state } }: PopMark): number =>
  state === 'down' || state === 'failing' ? HALO : 0;

export const LABEL_DIRECTION: Readonly<Record<LabelSide, readonly [x: number, y: number]>> = {
  right: [1, 0],
  left: [-1, 0],
  above: [0, -1],
  below: [0, 1],
};
export const ANCHORS: Readonly<Record<LabelSide, string>> = {
  right: 'start',
  left: 'end',
  above: 'middle',
  below: 'middle',
};

const labelOf = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);

function spoken({ pop, state, requestsPerSecond, utilisation }: PopMark): string {
  const { word } = STATE_MARKS[state.state];
  const load = `${formatRate(requestsPerSecond)}, utilisation ${formatPercent(utilisation)}`;
  return `${pop.name}, ${pop.label}: ${word}, ${load}`.slice(0, 200);
}
