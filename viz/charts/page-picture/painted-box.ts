import { paintAttributes, paintOf } from './paint.ts';

/** A place in a picture, pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** Ground and border of an element as SVG; empty where it has neither. */
export function paintedBox(style: CSSStyleDeclaration, place: Place): string {
  const ground = paintOf(style.backgroundColor);
  const widths = SIDES.map((side) =>
    Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
  );
  const [first = 0] = widths;
  const isFrame = first > 0 && widths.every((width) => width === first);
  const frame = isFrame ? paintOf(style.borderTopColor) : null;
  const sides = isFrame
    ? ''
    : SIDES.map((side, i) => edge(style, place, side, widths[i]!)).join('');
  if (ground === null && frame === null) return sides;
  const inset = frame === null ? 0 : first / 2;
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, place.height / 2);
  const dashes = isFrame && style.borderTopStyle === 'dashed' ? ' stroke-dasharray="3 3"' : '';
  return (
    `<rect x="${place.x + inset}" y="${place.y + inset}" rx="${radius}"` +
    ` width="${Math.max(place.width - 2 * inset, 0)}"` +
    ` height="${Math.max(place.height - 2 * inset, 0)}" ${paintAttributes('fill', ground)}` +
    ` ${paintAttributes('stroke', frame)} stroke-width="${first}"${dashes}/>${sides}`
  );
}

function edge(
  style: CSSStyleDeclaration,
  { x, y, width, height }: Place,
  side: (typeof SIDES)[number],
  thickness: number,
): string {
  const paint = paintOf(style.getPropertyValue(`border-${side}-color`));
  if (thickness === 0 || paint === null) return '';
  const isFlat = side === 'top' || side === 'bottom';
  const left = side === 'right' ? x + width - thickness : x;
  const top = side === 'bottom' ? y + height - thickness : y;
  return (
    `<rect x="${left}" y="${top}" width="${isFlat ? width : thickness}"` +
    ` height="${isFlat ? thickness : height}" ${paintAttributes('fill', paint)}/>`
  );
}
