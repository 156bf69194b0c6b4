/** What a stylesheet says about marks and text: what a file without it must say itself. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/**
 * A drawing of the page as an SVG document of its own, with the colours that it has now. Within a
 * larger picture it needs no ground.
 */
export function standaloneSvg(drawing: SVGSVGElement, hasGround = true): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  copies.forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    if (style.display === 'none') element.setAttribute('display', 'none');
    const around = i === 0 ? null : getComputedStyle(originals[i]!.parentElement!);
    for (const property of PROPERTIES) {
      const value = style.getPropertyValue(property);
      // All but the opacity are inherited.
      const known = property === 'opacity' ? '1' : around?.getPropertyValue(property);
      element.removeAttribute(property);
      if (value !== known) element.setAttribute(property, value);
    }
    // Axes name a font of their own, which the stylesheet overrules.
    for (const attribute of ['class', 'style', 'font-family', 'pointer-events', 'cursor']) {
      element.removeAttribute(attribute);
    }
  });
  const { width, height } = drawing.getBoundingClientRect();
  if (hasGround) copy.prepend(ground(drawing));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  // Another font may be wider than ours.
  copy.setAttribute('overflow', 'visible');
  copy.setAttribute('font-family', 'Inter, sans-serif');
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

function ground(drawing: Element): Element {
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  rect.setAttribute('width', '100%');
  rect.setAttribute('height', '100%');
  const panel = getComputedStyle(drawing).getPropertyValue('--panel').trim();
  rect.setAttribute('fill', panel || '#ffffff');
  return rect;
}
