/** A colour as attributes of SVG: viewers other than browsers know neither alpha nor `color()`. */
export interface Paint {
  /** `#rrggbb`. */
  readonly hex: string;
  /** 0 … 1. */
  readonly opacity: number;
}

/** Of a computed colour; null where nothing is painted. */
export function paintOf(colour: string): Paint | null {
  const inside = /^(rgba?|color)\((?:srgb )?([^)]+)\)$/.exec(colour);
  if (inside === null) return null;
  const parts = inside[2]!.split(/[\s,/]+/).map(Number);
  const scale = inside[1] === 'color' ? 255 : 1;
  const [red = 0, green = 0, blue = 0, opacity = 1] = parts;
  if (opacity === 0 || parts.some(Number.isNaN)) return null;
  const hex = [red, green, blue].map((part) =>
    Math.round(Math.min(Math.max(part * scale, 0), 255))
      .toString(16)
      .padStart(2, '0'),
  );
  return { hex: `#${hex.join('')}`, opacity };
}

/** `fill="#0072b2" fill-opacity="0.5"`. */
export function paintAttributes(name: 'fill' | 'stroke', paint: Paint | null): string {
  if (paint === null) return `${name}="none"`;
  const { hex, opacity } = paint;
  return `${name}="${hex}"${opacity === 1 ? '' : ` ${name}-opacity="${opacity}"`}`;
}
