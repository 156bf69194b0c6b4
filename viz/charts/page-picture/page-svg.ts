import { escapeXml } from '../../views/map/map-svg.ts';
import { standaloneSvg } from '../standalone-svg.ts';
import { paintAttributes, paintOf } from './paint.ts';
import { paintedBox, type Place } from './painted-box.ts';
import { textLines } from './text-lines.ts';

/**
 * A page of a view as one SVG document, all of it and not only what is scrolled to: boxes, texts as
 * the browser has broken them into lines, and the charts in it. What is only there for screen
 * readers, and what a box with its own scrolling hides, is left out.
 */
export function pageSvg(page: HTMLElement): string {
  const { left, top } = page.getBoundingClientRect();
  const origin = { x: left - page.scrollLeft, y: top - page.scrollTop };
  const width = page.clientWidth;
  const ends = [...page.children].map((child) => child.getBoundingClientRect().bottom - origin.y);
  const height = Math.min(page.scrollHeight, Math.ceil(Math.max(0, ...ends)) + MARGIN);
  const ground = paintOf(getComputedStyle(page).backgroundColor) ?? groundOf(page);
  const content = childrenOf(page, origin, { x: 0, y: 0, width, height });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"\
 font-family="Inter, sans-serif">
<rect width="100%" height="100%" ${paintAttributes('fill', ground)}/>
${content}</svg>
`;
}

/** Below the last thing, pixels. */
const MARGIN = 18;

interface Origin {
  readonly x: number;
  readonly y: number;
}

/** The nearest ground behind a page that has none. */
function groundOf(page: Element): ReturnType<typeof paintOf> {
  for (let at = page.parentElement; at !== null; at = at.parentElement) {
    const paint = paintOf(getComputedStyle(at).backgroundColor);
    if (paint !== null) return paint;
  }
  return null;
}

function childrenOf(element: Element, origin: Origin, seen: Place): string {
  let drawn = '';
  for (const child of element.childNodes) {
    if (child instanceof Text) drawn += textOf(child, element, origin, seen);
    else if (child instanceof Element) drawn += elementOf(child, origin, seen);
  }
  return drawn;
}

function elementOf(element: Element, origin: Origin, seen: Place): string {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const isHidden = style.visibility === 'hidden' || element.matches('.visually-hidden');
  if (isHidden || element.getClientRects().length === 0) return '';
  const place = placeOf(box, origin);
  const painted = shared(seen, place);
  if (painted.width === 0 || painted.height === 0) return '';
  if (element instanceof SVGSVGElement) {
    const drawing = standaloneSvg(element, false);
    return drawing.replace('<svg ', `<svg x="${place.x}" y="${place.y}" `);
  }
  const inner = style.overflowX === 'visible' ? seen : painted;
  const content =
    element instanceof HTMLSelectElement
      ? textAt(element.selectedOptions[0]?.text ?? '', indented(place), style, null)
      : childrenOf(element, origin, inner);
  return paintedBox(style, painted) + content;
}

/** A text, cut where what holds it is cut. */
function textOf(node: Text, parent: Element, origin: Origin, seen: Place): string {
  const style = getComputedStyle(parent);
  return textLines(node)
    .map(({ text, box }) => {
      const place = placeOf(box, origin);
      const middle = place.y + place.height / 2;
      if (middle < seen.y || middle > seen.y + seen.height) return '';
      const share = (seen.x + seen.width - place.x) / Math.max(place.width, 1);
      if (share > 0.99) return textAt(text, place, style, place.width);
      const kept = text.slice(0, Math.max(Math.floor(text.length * share) - 1, 0));
      return kept === '' || place.x < seen.x ? '' : textAt(`${kept}…`, place, style, null);
    })
    .join('');
}

/** `width`: the browser's, kept where another font stands in; null = whatever it is. */
function textAt(
  text: string,
  { x, y, height }: Place,
  { fontSize, fontWeight, color }: CSSStyleDeclaration,
  width: number | null,
): string {
  const fit = width === null ? '' : ` textLength="${width}" lengthAdjust="spacingAndGlyphs"`;
  const weight = fontWeight === '400' ? '' : ` font-weight="${fontWeight}"`;
  const look = `${paintAttributes('fill', paintOf(color))} font-size="${fontSize}"${weight}`;
  const at = `x="${x}" y="${y + height / 2}" dy="0.35em"`;
  return `<text ${at} ${look}${fit}>${escapeXml(text)}</text>\n`;
}

/** Where a select has its text. */
const indented = (place: Place): Place => ({ ...place, x: place.x + 10 });

const placeOf = ({ x, y, width, height }: DOMRect, origin: Origin): Place => ({
  x: x - origin.x,
  y: y - origin.y,
  width,
  height,
});

/** What two places have in common. */
function shared(one: Place, other: Place): Place {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(Math.min(one.x + one.width, other.x + other.width) - x, 0),
    height: Math.max(Math.min(one.y + one.height, other.y + other.height) - y, 0),
  };
}
