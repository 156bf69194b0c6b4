import { scaleSqrt } from 'd3-scale';
import { select, type Selection as Marks } from 'd3-selection';
import { arc } from 'd3-shape';
import { formatPercent, formatRate } from '../../formats.ts';
import { CATCHMENT_COLOURS, STATE_MARKS, utilisationColour } from '../../theme.ts';
import { ringAround, type Ring } from './crowding.ts';
import { write, writeText } from './write.ts';
import type { LabelSide } from './label-room.ts';
import type { PopNow } from './network-now.ts';

/** A POP where it is drawn, pixels of the screen. */
export interface PopMark extends PopNow {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly isSelected: boolean;
  /** How much smaller it is than among few: `crowding`. */
  readonly crowd: number;
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

export const ringOf = (mark: Pick<PopMark, 'radius' | 'crowd'>): Ring => ringAround(mark, RING);
const outerOf = (mark: PopMark): number => ringOf(mark).outer;

/** What a POP is drawn of, bottom to top. */
const PART_ELEMENTS = {
  'pop-halo': 'circle',
  'pop-focus': 'circle',
  'pop-track': 'circle',
  'pop-ring': 'path',
  'pop-disc': 'circle',
  'pop-core': 'circle',
  'pop-sign': 'text',
  'pop-label': 'text',
} as const;
type PopPart = keyof typeof PART_ELEMENTS;
const POP_PARTS = Object.keys(PART_ELEMENTS) as readonly PopPart[];
/** By POP: kept, as looking for them takes longer than writing to them. */
const parts = new WeakMap<SVGGElement, ReadonlyMap<PopPart, Element>>();

function partsOf(pop: SVGGElement): ReadonlyMap<PopPart, Element> {
  let own = parts.get(pop);
  if (own === undefined) {
    own = new Map(POP_PARTS.map((name, i) => [name, pop.children[i]!]));
    parts.set(pop, own);
  }
  return own;
}

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
  pops.filter(hasChanged).each(updatePop);
  pops.each(function (mark) {
    write(this, 'aria-label', spoken(mark));
  });
  return pops;
}

/** By what can be seen: radii are whole or half pixels, rings have sixty-fourths. */
function hasChanged(this: SVGGElement, mark: PopMark): boolean {
  const { x, y, radius, crowd, utilisation, state, isSelected, label, pop } = mark;
  const place = `${x.toFixed(1)},${y.toFixed(1)}`;
  const look = [
    place,
    radius,
    crowd,
    arcOf(utilisation),
    state.state,
    isSelected,
    label,
    pop.colour,
  ];
  const text = look.join(' ');
  if (shown.get(this) === text) return false;
  shown.set(this, text);
  return true;
}

/** Of the ring, in sixty-fourths: what an eye can tell apart. */
const arcOf = (utilisation: number): number => Math.round(Math.min(utilisation || 0, 1) * 64);

function updatePop(this: SVGGElement, mark: PopMark): void {
  const { x, y, isSelected, state } = mark;
  writeDisc(this, mark);
  writeLabel(this, mark);
  write(this, 'class', ['pop', `pop-${state.state}`, isSelected ? 'is-selected' : ''].join(' '));
  write(this, 'transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
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
  for (const name of POP_PARTS) pop.append(PART_ELEMENTS[name]).attr('class', name);
  pop.select('.pop-track').attr('fill', 'none');
  pop.select('.pop-sign').attr('dy', '0.35em');
  pop.select('.pop-label').attr('dy', '0.34em');
  return pop;
}

const ring = arc<PopMark>()
  .innerRadius((mark) => ringOf(mark).inner)
  .outerRadius(outerOf)
  .startAngle(0)
  .endAngle(({ utilisation }) => (arcOf(utilisation) / 64) * 2 * Math.PI);

function writeDisc(pop: SVGGElement, mark: PopMark): void {
  const { radius, utilisation, state } = mark;
  const { sign, colour, isTrouble } = STATE_MARKS[state.state];
  const all = partsOf(pop);
  const part = (name: PopPart): Element => all.get(name)!;
  // Nothing is seen of it but in trouble.
  if (isTrouble) write(part('pop-halo'), 'r', outerOf(mark) + HALO);
  write(part('pop-focus'), 'r', outerOf(mark) + 3);
  const { inner, width } = ringOf(mark);
  write(part('pop-track'), 'r', inner + width / 2);
  write(part('pop-track'), 'stroke-width', width);
  write(part('pop-ring'), 'd', ring(mark) ?? '');
  write(part('pop-ring'), 'fill', utilisationColour(utilisation));
  write(part('pop-disc'), 'r', radius);
  write(part('pop-disc'), 'fill', colour);
  writeText(part('pop-sign'), sign);
  if (sign !== '') write(part('pop-sign'), 'font-size', Math.max(radius * 1.25, 11));
  // The colour of the land that it serves; a sign takes its place in trouble.
  write(part('pop-core'), 'r', isTrouble ? 0 : radius * 0.5);
  write(part('pop-core'), 'fill', CATCHMENT_COLOURS[mark.pop.colour % 7]!);
}

function writeLabel(pop: SVGGElement, mark: PopMark): void {
  const { label } = mark;
  const text = partsOf(pop).get('pop-label')!;
  writeText(text, label === null ? '' : labelOf(mark.pop.name));
  if (label === null) return;
  const [dx, dy] = LABEL_DIRECTION[label];
  const away = outerOf(mark) + haloOf(mark);
  write(text, 'x', dx * (away + 4));
  write(text, 'y', dy * (away + 10));
  write(text, 'text-anchor', ANCHORS[label]);
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
