import { scaleSqrt } from 'd3-scale';
import { select, type Selection as Marks } from 'd3-selection';
import { arc } from 'd3-shape';
import { formatPercent, formatRate } from '../../formats.ts';
import { CATCHMENT_COLOURS, STATE_MARKS, utilisationColour } from '../../theme.ts';
import { putAttribute, putText } from './put.ts';
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
  putAttribute(pops, 'aria-label', spoken);
  return pops;
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
  putAttribute(pops, 'class', ({ isSelected, state: { state } }) =>
    ['pop', `pop-${state}`, isSelected ? 'is-selected' : ''].join(' '),
  );
  putAttribute(pops, 'transform', ({ x, y }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`);
}

/**
 * Drawn last, so on top: what is selected, then trouble; small POPs over large ones. By capacity,
 * which stays: elements that change places cost more than all that they show.
 */
export function rankOf({ isSelected, state, pop }: PopMark): number {
  const size = Math.log2(1 + (pop.capacity_per_s ?? 0));
  return (isSelected ? 2e3 : 0) + (STATE_MARKS[state.state].isTrouble ? 1e3 : 0) - size;
}

function enterPop(
  enter: Marks<ReturnType<typeof Object>, PopMark, SVGGElement, unknown>,
): PopMarks {
  const pop = enter.append('g').attr('role', 'button').attr('tabindex', -1) as unknown as PopMarks;
  pop.append('circle').attr('class', 'pop-halo');
  pop.append('circle').attr('class', 'pop-focus');
  const track = pop.append('circle').attr('class', 'pop-track').attr('fill', 'none');
  track.attr('stroke-width', RING.width);
  pop.append('path').attr('class', 'pop-ring');
  pop.append('circle').attr('class', 'pop-disc');
  pop.append('circle').attr('class', 'pop-core');
  pop.append('text').attr('class', 'pop-sign').attr('dy', '0.35em');
  pop.append('text').attr('class', 'pop-label').attr('dy', '0.34em');
  return pop;
}

function updateDiscs(pops: PopMarks): void {
  const put = (part: string, name: string, value: (mark: PopMark) => string | number): void =>
    putAttribute(pops.select(part), name, value);
  put('.pop-halo', 'r', (mark) => outerOf(mark) + HALO);
  put('.pop-focus', 'r', (mark) => outerOf(mark) + 3);
  put('.pop-track', 'r', ({ radius }) => radius + RING.gap + RING.width / 2);
  const ring = arc<PopMark>()
    .innerRadius(({ radius }) => radius + RING.gap)
    .outerRadius(outerOf)
    .startAngle(0)
    .endAngle(({ utilisation }) => (arcOf(utilisation) / 64) * 2 * Math.PI);
  put('.pop-ring', 'd', (mark) => ring(mark) ?? '');
  put('.pop-ring', 'fill', ({ utilisation }) => utilisationColour(utilisation));
  put('.pop-disc', 'r', ({ radius }) => radius);
  put('.pop-disc', 'fill', ({ state: { state } }) => STATE_MARKS[state].colour);
  putText(pops.select('.pop-sign'), ({ state: { state } }) => STATE_MARKS[state].sign);
  put('.pop-sign', 'font-size', ({ radius }) => Math.max(radius * 1.25, 11));
  // The colour of the land that it serves; a sign takes its place in trouble.
  put('.pop-core', 'r', ({ radius, state: { state } }) =>
    STATE_MARKS[state].isTrouble ? 0 : radius * 0.5,
  );
  put('.pop-core', 'fill', ({ pop }) => CATCHMENT_COLOURS[pop.colour % 7]!);
}

function updateLabels(pops: PopMarks): void {
  const labels = pops.select('.pop-label');
  const away = (mark: PopMark, axis: 0 | 1, gap: number): number =>
    LABEL_DIRECTION[mark.label ?? 'right'][axis] * (outerOf(mark) + gap + haloOf(mark));
  putAttribute(labels, 'x', (mark) => away(mark, 0, 4));
  putAttribute(labels, 'y', (mark) => away(mark, 1, 10));
  putAttribute(labels, 'text-anchor', ({ label }) => ANCHORS[label ?? 'right']);
  putText(labels, ({ label, pop }) => (label === null ? '' : labelOf(pop.name)));
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
