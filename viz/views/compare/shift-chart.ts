import { sankey, sankeyLinkHorizontal, type SankeyLink, type SankeyNode } from 'd3-sankey';
import { select } from 'd3-selection';
import type { RecordedWorld } from '../../../sim/recording.ts';
import { formatPercent } from '../../formats.ts';
import type { Size } from '../../observe-size.ts';
import { CATCHMENT_COLOURS, UNREACHABLE_COLOUR } from '../../theme.ts';
import type { ShiftFlow } from './catchment-shift.ts';

interface ShiftNode {
  readonly id: string;
  /** -1 = nobody. */
  readonly pop: number;
  readonly side: 'before' | 'now';
}
interface ShiftLink {
  readonly source: string;
  readonly target: string;
  readonly value: number;
}
type Node = SankeyNode<ShiftNode, ShiftLink>;
type Link = SankeyLink<ShiftNode, ShiftLink>;

/** Names and shares stand beside the bars, pixels. */
const LABELS = 92;

/**
 * Who had the users and who has them now: width = users. `scale` is the share of the height that
 * they have, so that two charts can be compared.
 */
export function drawShift(
  svg: SVGSVGElement,
  flows: readonly ShiftFlow[],
  world: RecordedWorld,
  { width, height }: Size,
  scale: number,
): void {
  const root = select(svg).attr('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
  const { nodes, links } = layOut(flows, width, height, scale);
  root
    .selectAll<SVGPathElement, Link>('path')
    .data(links)
    .join('path')
    .attr('class', 'shift-flow')
    .attr('d', sankeyLinkHorizontal())
    .attr('stroke', ({ target }) => colourOf(world, (target as Node).pop))
    .attr('stroke-width', (link) => Math.max(link.width ?? 0, 1));
  root
    .selectAll<SVGGElement, Node>('g')
    .data(nodes)
    .join((enter) => {
      const node = enter.append('g').attr('class', 'shift-node');
      node.append('rect');
      node.append('text').attr('dy', '0.34em');
      return node;
    })
    .attr('transform', ({ x0 = 0, y0 = 0 }) => `translate(${x0},${y0})`)
    .call((node) => {
      node
        .select('rect')
        .attr('width', 9)
        .attr('height', ({ y0 = 0, y1 = 0 }) => Math.max(y1 - y0, 1))
        .attr('fill', ({ pop }) => colourOf(world, pop));
      node
        .select('text')
        .attr('x', ({ side }) => (side === 'before' ? -8 : 17))
        .attr('y', ({ y0 = 0, y1 = 0 }) => (y1 - y0) / 2)
        .attr('text-anchor', ({ side }) => (side === 'before' ? 'end' : 'start'))
        .text(({ pop, value = 0 }) => `${nameOf(world, pop)} ${formatPercent(value)}`);
    });
}

function layOut(flows: readonly ShiftFlow[], width: number, height: number, scale: number) {
  const links = flows.map(({ from, to, share }) => ({
    source: `before ${from}`,
    target: `now ${to}`,
    value: share,
  }));
  const ids = new Set(links.flatMap(({ source, target }) => [source, target]));
  const nodes = [...ids].map((id): ShiftNode => {
    const [side = '', pop = ''] = id.split(' ');
    return { id, side: side === 'before' ? 'before' : 'now', pop: Number(pop) };
  });
  const rows = Math.max(1, ...(['before', 'now'] as const).map((wanted) => count(nodes, wanted)));
  // A label is as high as its bar and the space around it.
  const padding = Math.max(3, Math.min(13, (height - 20) / rows - 4));
  const room = (rows - 1) * padding;
  const used = Math.max((height - 16 - room) * scale, 4) + room;
  const top = Math.max((height - used) / 2, 8);
  return sankey<ShiftNode, ShiftLink>()
    .nodeId(({ id }) => id)
    .nodeWidth(9)
    .nodePadding(padding)
    .nodeSort(null)
    .extent([
      [LABELS, top],
      [Math.max(width - LABELS, LABELS + 40), top + used],
    ])({ nodes: nodes.map((node) => ({ ...node })), links });
}

const count = (nodes: readonly ShiftNode[], side: ShiftNode['side']): number =>
  nodes.filter((node) => node.side === side).length;

const nameOf = (world: RecordedWorld, pop: number): string =>
  pop < 0 ? 'nobody' : (world.pops[pop]?.name ?? '').slice(0, 8);

function colourOf(world: RecordedWorld, pop: number): string {
  const position = world.pops[pop]?.colour;
  return position === undefined ? UNREACHABLE_COLOUR : CATCHMENT_COLOURS[position % 7]!;
}
