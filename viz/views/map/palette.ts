/** Colours that a canvas needs as text, from the theme's custom properties. */
export interface MapPalette {
  readonly water: string;
  readonly land: string;
  readonly border: string;
  readonly coast: string;
  readonly graticule: string;
  readonly linkCasing: string;
  /** Links that carry nothing: quiet, one pixel. */
  readonly linkIdle: string;
  /** What the eye should go to. */
  readonly trouble: string;
  readonly text: string;
  readonly accent: string;
}

export function readPalette(): MapPalette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    water: read('--water'),
    land: read('--land'),
    border: read('--border'),
    coast: read('--coast'),
    graticule: read('--graticule'),
    linkCasing: read('--link-casing'),
    linkIdle: read('--link-idle'),
    trouble: read('--halo'),
    text: read('--text'),
    accent: read('--accent'),
  };
}
