/** A drawing and where it stands on the page. */
export interface PlacedSvg {
  readonly element: Element;
  /** A document that begins with `<svg `. */
  readonly text: string;
}

/** Several drawings as one document, each where it stands within `container`. */
export function joinSvgs(container: Element, parts: readonly PlacedSvg[]): string {
  const outer = container.getBoundingClientRect();
  const ground = getComputedStyle(container).getPropertyValue('--panel').trim();
  const nested = parts.map(({ element, text }) => {
    const { left, top } = element.getBoundingClientRect();
    return text.replace('<svg ', `<svg x="${left - outer.left}" y="${top - outer.top}" `);
  });
  const { width, height } = outer;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="${ground}"/>
${nested.join('')}</svg>
`;
}
