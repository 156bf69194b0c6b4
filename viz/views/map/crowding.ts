/** So many POPs have room for marks of full size while the whole world is seen. */
const ROOMY_POPS = 80;

/** And so many links for lines of full width. */
const ROOMY_LINKS = 300;
/** A thinner line has no colour that can be told apart. */
const LINE_MIN = 0.25;

/** How much thinner links are where there are many, 0 … 1. */
export function linkCrowding(linkCount: number, zoom: number): number {
  const share = zoom * Math.sqrt(ROOMY_LINKS / Math.max(linkCount, 1));
  return Math.max(Math.min(1, share), LINE_MIN);
}

/**
 * How much smaller marks are where there are many, 0 … 1: together they cover the same share of the
 * picture, and as one zooms in they grow to their full size.
 */
export function crowding(popCount: number, zoom: number): number {
  return Math.min(1, zoom * Math.sqrt(ROOMY_POPS / Math.max(popCount, 1)));
}

/** A ring around a mark, pixels from its centre. */
export interface Ring {
  readonly inner: number;
  readonly outer: number;
  readonly width: number;
}

/** A thinner one has no colour that can be told apart, pixels. */
const RING_WIDTH_MIN = 1.5;

/** The ring of utilisation; `full`: its size around a mark among few. */
export function ringAround(
  { radius, crowd }: { readonly radius: number; readonly crowd: number },
  full: { readonly gap: number; readonly width: number },
): Ring {
  const width = Math.max(full.width * crowd, RING_WIDTH_MIN);
  const inner = radius + full.gap * crowd;
  return { inner, outer: inner + width, width };
}
