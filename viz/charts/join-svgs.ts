import { escapeXml } from '../views/map/map-svg.ts';

/** A drawing and where it stands on the page. */
export interface PlacedSvg {
  readonly element: Element;
  /** A document that begins with `<svg `. */
  readonly text: string;
  /** What is left of this is hidden, share of the width; absent = all is shown. */
  readonly visibleFrom?: number;
}

/**
 * Several drawings as one document, each where it stands within `container`, and the text of
 * `headings`, one line each.
 */
export function joinSvgs(
  container: Element,
  parts: readonly PlacedSvg[],
  headings: readonly Element[],
): string {
  const { left, top, width, height } = container.getBoundingClientRect();
  const ground = getComputedStyle(container).getPropertyValue('--panel').trim();
  const nested = parts.map(({ element, text, visibleFrom = 0 }, i) => {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left - left, box.top - top];
    const drawing = text.replace('<svg ', `<svg x="${x}" y="${y}" `);
    if (visibleFrom === 0) return drawing;
    const hidden = box.width * visibleFrom;
    const size = `width="${box.width - hidden}" height="${box.height}"`;
    return `<clipPath id="part-${i}"><rect x="${x + hidden}" y="${y}" ${size}/></clipPath>
<g clip-path="url(#part-${i})">${drawing}</g>`;
  });
  const lines = headings.map((heading) => {
    const box = heading.getBoundingClientRect();
    const { color, fontSize, fontWeight } = getComputedStyle(heading);
    const place = `x="${box.left - left}" y="${box.top - top + box.height / 2}" dy="0.35em"`;
    const look = `fill="${color}" font-size="${fontSize}" font-weight="${fontWeight}"`;
    const text = (heading.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    return `<text ${place} ${look}>${escapeXml(text)}</text>`;
  });
  const size = `width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Inter, sans-serif">
<rect width="100%" height="100%" fill="${ground}"/>
${nested.join('')}${lines.join('\n')}</svg>
`;
}
