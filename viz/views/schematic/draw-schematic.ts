import { select, type Selection as Marks } from 'd3-selection';
import { arc } from 'd3-shape';
import { shorten } from '../../controls/table-twin.ts';
import { isPaleMark } from '../../server-marks.ts';
import { utilisationColour } from '../../theme.ts';
import { ringAround, type Ring } from '../map/crowding.ts';
import type { SchematicEdge, SchematicNode, SchematicPicture } from './schematic-node.ts';

const IDLE = utilisationColour(0);
/** Thinner lines have no casing: nothing would be left of their colour. */
const CASED = 2.5;
const RING = { gap: 2, width: 3 } as const;

/** Edges below, nodes above; what is selected and what is in trouble last, so on top. */
export function drawSchematic(root: SVGGElement, { nodes, edges }: SchematicPicture): void {
  const layers = select(root);
  const layer = (name: string) =>
    layers.selectAll<SVGGElement, string>(`g.${name}`).data([name]).join('g').attr('class', name);
  const edgeLayer = layer('edges');
  const nodeLayer = layer('nodes');
  edgeLayer
    .selectAll<SVGGElement, SchematicEdge>('g.edge')
    .data(edges, ({ key }) => key)
    .join((enter) => {
      const edge = enter.append('g');
      edge.append('path').attr('class', 'edge-casing is-first');
      edge.append('path').attr('class', 'edge-casing is-second');
      edge.append('path').attr('class', 'edge-half is-first');
      edge.append('path').attr('class', 'edge-half is-second');
      edge.append('path').attr('class', 'edge-cross');
      return edge;
    })
    .attr('class', edgeClass)
    .order()
    .call(updateEdges);
  nodeLayer
    .selectAll<SVGGElement, SchematicNode>('g.node')
    .data(nodes, ({ key }) => key)
    .join(enterNodes)
    .attr('class', ({ isSelected, mark, shape }) =>
      ['node', `node-${shape}`, isSelected && 'is-selected', mark.isTrouble && 'is-trouble']
        .filter(Boolean)
        .join(' '),
    )
    .attr('transform', ({ x, y }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`)
    .attr('role', ({ selection }) => (selection === null ? 'img' : 'button'))
    .attr('aria-label', ({ spoken }) => shorten(spoken, 200))
    .call(updateNodes);
}

function edgeClass({ isDown, isSelected, isQuiet, colours }: SchematicEdge): string {
  const isIdle = colours.every((colour) => colour === IDLE);
  return [
    'edge',
    isDown && 'is-down',
    isSelected && 'is-selected',
    isQuiet && 'is-quiet',
    isIdle && 'is-idle',
  ]
    .filter(Boolean)
    .join(' ');
}

type EdgeMarks = Marks<SVGGElement, SchematicEdge, SVGGElement, unknown>;

function updateEdges(edges: EdgeMarks): void {
  for (const half of [0, 1] as const) {
    const name = half === 0 ? 'is-first' : 'is-second';
    const path = (edge: SchematicEdge): string =>
      `M${pointText(edge, half / 2)}${pathTo(edge, half / 2, half / 2 + 0.5)}`;
    // Idle halves are thin: grey would outshine the dark end of inferno.
    const width = ({ width: full, colours }: SchematicEdge): number =>
      colours[half] === IDLE ? Math.min(full, 1.5) : full;
    edges
      .select(`.edge-casing.${name}`)
      .attr('d', (edge) => (width(edge) < CASED ? null : path(edge)))
      .attr('stroke-width', (edge) => width(edge) + 1.6);
    edges
      .select(`.edge-half.${name}`)
      .attr('d', path)
      .attr('stroke', ({ colours }) => colours[half])
      .attr('stroke-width', width);
  }
  edges.select('.edge-cross').attr('d', (edge) => {
    const [x, y] = pointAt(edge, edge.crossAt);
    const arm = edge.isCurved ? 4 : 6;
    return edge.isDown
      ? `M${x - arm},${y - arm}l${2 * arm},${2 * arm}M${x - arm},${y + arm}l${2 * arm},${-2 * arm}`
      : null;
  });
}

/** Steps of a curve: enough for a smooth one. */
const STEPS = 16;

function pathTo(edge: SchematicEdge, from: number, to: number): string {
  if (!edge.isCurved) return `L${pointText(edge, to)}`;
  return Array.from(
    { length: STEPS },
    (_, i) => `L${pointText(edge, from + ((to - from) * (i + 1)) / STEPS)}`,
  ).join('');
}

const pointText = (edge: SchematicEdge, t: number): string => pointAt(edge, t).join();

/** A point of the line; curves leave and arrive horizontally. */
function pointAt({ from, to, isCurved }: SchematicEdge, t: number): readonly [number, number] {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const eased = isCurved ? t * t * (3 - 2 * t) : t;
  return [round(from[0] + (to[0] - from[0]) * t), round(from[1] + (to[1] - from[1]) * eased)];
}

type NodeMarks = Marks<SVGGElement, SchematicNode, SVGGElement, unknown>;

function enterNodes(
  enter: Marks<ReturnType<typeof Object>, SchematicNode, SVGGElement, unknown>,
): NodeMarks {
  const node = enter.append('g').attr('tabindex', -1) as unknown as NodeMarks;
  node.append('circle').attr('class', 'node-halo');
  node.append('circle').attr('class', 'node-focus');
  node.append('circle').attr('class', 'node-track').attr('fill', 'none');
  node.append('path').attr('class', 'node-ring');
  node.append('rect').attr('class', 'node-disc');
  node.append('circle').attr('class', 'node-core');
  node.append('text').attr('class', 'node-sign').attr('dy', '0.35em');
  const label = node.append('text').attr('class', 'node-label');
  label.append('tspan').attr('class', 'node-name');
  label.append('tspan').attr('class', 'node-note');
  return node;
}

function updateNodes(nodes: NodeMarks): void {
  const ringOf = (node: SchematicNode): Ring => ringAround(node, RING);
  const hasRing = ({ utilisation }: SchematicNode): boolean => !Number.isNaN(utilisation);
  const outer = (node: SchematicNode): number => (hasRing(node) ? ringOf(node).outer : node.radius);
  nodes.select('.node-halo').attr('r', (node) => (node.halo === 0 ? 0 : outer(node) + node.halo));
  nodes.select('.node-focus').attr('r', (node) => outer(node) + 3);
  nodes
    .select('.node-track')
    .attr('r', (node) => ringOf(node).inner + ringOf(node).width / 2)
    .attr('stroke-width', (node) => (hasRing(node) ? ringOf(node).width : 0));
  const ring = arc<SchematicNode>()
    .innerRadius((node) => ringOf(node).inner)
    .outerRadius(outer)
    .startAngle(0)
    .endAngle(({ utilisation }) => Math.min(utilisation || 0, 1) * 2 * Math.PI);
  nodes
    .select<SVGPathElement>('.node-ring')
    .attr('d', (node) => (hasRing(node) ? ring(node) : null))
    .attr('fill', ({ utilisation }) => utilisationColour(utilisation));
  nodes
    .select('.node-disc')
    .attr('x', ({ radius }) => -radius)
    .attr('y', ({ radius }) => -radius)
    .attr('width', ({ radius }) => 2 * radius)
    .attr('height', ({ radius }) => 2 * radius)
    .attr('rx', ({ radius, shape }) => (shape === 'square' ? 3 : radius))
    .attr('fill', ({ mark, shape }) => (shape === 'crowd' ? null : mark.colour));
  nodes
    .select('.node-core')
    .attr('r', ({ core, radius, crowd }) =>
      core === null || radius < 6 * crowd ? 0 : radius * 0.5,
    )
    .attr('fill', ({ core }) => core);
  nodes
    .select('.node-sign')
    .text(({ mark, radius }) => (radius < 5 ? '' : mark.sign))
    .attr('font-size', ({ radius }) => Math.max(radius * 1.2, 9))
    .attr('fill', ({ mark }) => (isPaleMark(mark) ? '#131b25' : '#ffffff'));
  updateLabels(nodes, outer);
}

const ANCHORS = { right: 'start', left: 'end', above: 'middle', below: 'middle' } as const;

function updateLabels(nodes: NodeMarks, outer: (node: SchematicNode) => number): void {
  nodes.each(function (node) {
    const { side, label, note } = node;
    const away = outer(node) + 6 + (node.mark.isTrouble ? node.halo : 0);
    const text = select(this).select('.node-label');
    const isBeside = side === 'left' || side === 'right';
    const x = side === 'right' ? away : side === 'left' ? -away : 0;
    const y = isBeside ? 0 : side === 'above' ? -away - 4 : away + 8;
    const isStacked = side === 'above' && note !== '';
    text
      .attr('text-anchor', ANCHORS[side ?? 'right'])
      .attr('x', x)
      .attr('y', isStacked ? y - 15 : y)
      .attr('dy', isBeside ? '0.34em' : null);
    text.select('.node-name').text(side === null ? '' : shorten(label, 22));
    text
      .select('.node-note')
      .text(side === null ? '' : shorten(note, 60))
      .attr('x', isStacked ? 0 : null)
      .attr('dy', isStacked ? 15 : null)
      .attr('dx', isStacked || note === '' ? null : 7);
  });
}
