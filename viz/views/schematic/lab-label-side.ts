import type { Size } from '../../observe-size.ts';
import type { SchematicNode } from './schematic-node.ts';

/** Of names, semi-bold, and of figures at 11.5 px; the gap between the two. Pixels. */
const LETTER = { name: 7, note: 6.2, gap: 7 } as const;
/** From a node's middle to its label: ring, gap, and what glows around trouble. */
const AWAY = 20;
/** Two lines above a node. */
const STACK = 44;

/**
 * The side of a laboratory's node at which its label is whole in the window: the wanted one if it
 * is, else the opposite. Nodes that are not in the window have no label.
 */
export function labelSideInside(
  { x, y, radius, label, note, side }: SchematicNode,
  { width, height }: Size,
): SchematicNode['side'] {
  if (x < 0 || y < 0 || x > width || y > height) return null;
  if (side === 'above') return y - radius - STACK < 0 ? 'below' : 'above';
  const text =
    LETTER.name * label.length + (note === '' ? 0 : LETTER.gap + LETTER.note * note.length);
  return x + radius + AWAY + text > width ? 'left' : 'right';
}
