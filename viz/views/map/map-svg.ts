import { untracked } from '@preact/signals-core';
import { geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { CATCHMENT_COLOURS, STATE_MARKS, utilisationColour } from '../../theme.ts';
import { cellColour, lookOf } from './cell-looks.ts';
import { linkCrowding } from './crowding.ts';
import { linkWidth } from './link-layer.ts';
import { isTorn, type Point } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';
import { ANCHORS, haloOf, LABEL_DIRECTION, rankOf, ringOf, type PopMark } from './pop-layer.ts';
import type { WorldMap } from './world-map.ts';
import { worldOutline } from './world-outline.ts';

/** What a place is filled with: its position in the geometry's `places`. */
export type PlaceColour = (place: number) => string;

/**
 * The map as an SVG document of paths and text: what is on the screen, at any size. `colourOf`
 * stands in for the colours of catchments.
 */
export function mapSvg(map: WorldMap, colourOf?: PlaceColour): string {
  const { width, height } = map.size.peek();
  const { k, x, y } = map.transform.peek();
  const { text, water } = map.palette.peek();
  const view = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} font-family="Inter, sans-serif">
<rect width="${width}" height="${height}" fill="${water}"/>
<g transform="translate(${x},${y}) scale(${k})">
${groundSvg(map, k, colourOf)}${linksSvg(map, k)}</g>
<g fill="${text}" font-size="11.5" font-weight="600">${popsSvg(map)}</g>
</svg>
`;
}

function groundSvg(map: WorldMap, k: number, colourOf?: PlaceColour): string {
  const { project, places } = map.geometry.peek();
  const palette = map.palette.peek();
  const looks = untracked(() => map.cells.value);
  const path = geoPath(project).digits(2);
  const d = (object: GeoPermissibleObjects): string => path(object) ?? '';
  const outline = worldOutline();
  const cells = places.map((place, i) => {
    const code = looks?.[i] ?? -1;
    const served = code < 0 ? palette.land : cellColour(lookOf(code), palette.land);
    const colour = colourOf?.(i) ?? served;
    return `<path d="${d(place.polygon)}" fill="${colour}" stroke="${colour}"/>`;
  });
  const land = d(outline.land);
  const line = (of: string, colour: string): string =>
    `<path d="${of}" fill="none" stroke="${colour}" stroke-width="${0.7 / k}"/>`;
  return `<clipPath id="land"><path d="${land}"/></clipPath>
<path d="${land}" fill="${palette.land}"/>
<g clip-path="url(#land)" stroke-width="${1 / k}">${cells.join('')}</g>
${line(d(outline.borders), palette.border)}${line(land, palette.coast)}`;
}

function linksSvg(map: WorldMap, k: number): string {
  const { lines } = map.geometry.peek();
  const palette = map.palette.peek();
  const links = map.links.peek();
  const crowd = linkCrowding(links.length, k);
  return links
    .map(({ index, link, isDown, isQuiet, utilisation }) => {
      const points = lines[index] ?? [];
      const middle = Math.floor(points.length / 2);
      const width = linkWidth(link.bandwidth_bps, k, crowd);
      const line = (half: readonly Point[], colour: string, pixels: number): string =>
        `<path d="${pathOf(half)}" stroke="${colour}" stroke-width="${pixels / k}"/>`;
      const halves = ([0, 1] as const).map((direction) => {
        const half = direction === 0 ? points.slice(0, middle + 1) : points.slice(middle);
        const load = utilisation[direction];
        if (isDown) return line(half, palette.trouble, Math.max(width, 2));
        if (!(load > 0)) return line(half, palette.linkIdle, 1);
        const casing = line(half, palette.linkCasing, width + 1.6);
        return casing + line(half, utilisationColour(load), width);
      });
      const dash = isDown ? ` stroke-dasharray="${5 / k} ${4 / k}"` : '';
      return `<g fill="none" opacity="${isQuiet ? 0.25 : 1}"${dash}>${halves.join('')}</g>`;
    })
    .join('');
}

/** Anew at the other side where the edge of the map lies between two points. */
function pathOf(points: readonly Point[]): string {
  return points
    .map((point, i) => {
      const isStart = i === 0 || isTorn(points[i - 1]!, point);
      return `${isStart ? 'M' : 'L'}${point[0].toFixed(2)},${point[1].toFixed(2)}`;
    })
    .join('');
}

function popsSvg(map: WorldMap): string {
  const palette = map.palette.peek();
  const sorted = [...map.marks.peek()].sort((a, b) => rankOf(a) - rankOf(b));
  return sorted.map((mark) => popSvg(mark, palette)).join('');
}

function popSvg(mark: PopMark, { text, trouble, water }: MapPalette): string {
  const { x, y, radius, state, utilisation, label, pop } = mark;
  const { colour, sign } = STATE_MARKS[state.state];
  const halo = haloOf(mark);
  const { inner, outer, width } = ringOf(mark);
  const middle = inner + width / 2;
  const around = 2 * Math.PI * middle;
  const busy = Math.min(utilisation || 0, 1) * around;
  const away = outer + halo;
  const [dx, dy] = LABEL_DIRECTION[label ?? 'right'];
  const glow = `<circle r="${away}" fill="${trouble}" fill-opacity="0.25" stroke="${trouble}"/>`;
  const name = `<text x="${dx * (away + 4)}" y="${dy * (away + 10)}" dy="0.34em"
 text-anchor="${ANCHORS[label ?? 'right']}" fill="${halo > 0 ? trouble : text}" stroke="${water}"
 stroke-width="3" paint-order="stroke">${escapeXml(pop.name.slice(0, 18))}</text>`;
  const core = CATCHMENT_COLOURS[pop.colour % 7]!;
  const centre =
    sign === ''
      ? `<circle r="${radius * 0.5}" fill="${core}" stroke="#fff"/>`
      : `<text text-anchor="middle" dy="0.35em" font-size="${Math.max(radius * 1.25, 11)}"
 fill="#fff">${sign}</text>`;
  return `<g transform="translate(${x.toFixed(1)},${y.toFixed(1)})">${halo > 0 ? glow : ''}
<circle r="${middle}" fill="none" stroke="${utilisationColour(utilisation)}" stroke-width="3.5"
 stroke-dasharray="${busy} ${around}" transform="rotate(-90)"/>
<circle r="${radius}" fill="${colour}" stroke="${text}" stroke-width="1.2"/>
${centre}${label === null ? '' : name}</g>`;
}

/** Names come from files. */
export const escapeXml = (name: string): string =>
  name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
