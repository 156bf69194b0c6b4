import { geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { STATE_MARKS, utilisationColour } from '../../theme.ts';
import { cellColour } from './catchment-layer.ts';
import { lostAt } from './focus-places.ts';
import { linkWidth } from './link-layer.ts';
import type { PopMark } from './pop-layer.ts';
import { servingPop } from './region-places.ts';
import type { WorldMap } from './world-map.ts';
import { worldOutline } from './world-outline.ts';

/** The map as an SVG document of paths and text: what is on the screen, at any size. */
export function mapSvg(map: WorldMap): string {
  const { width, height } = map.size.peek();
  const { k, x, y } = map.transform.peek();
  const { text, water } = map.palette.peek();
  const view = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} font-family="Inter, sans-serif">
<rect width="${width}" height="${height}" fill="${water}"/>
<g transform="translate(${x},${y}) scale(${k})">${groundSvg(map, k)}${linksSvg(map, k)}</g>
<g fill="${text}" font-size="11.5" font-weight="600">${popsSvg(map, text)}</g>
</svg>
`;
}

function groundSvg(map: WorldMap, k: number): string {
  const { project, places } = map.geometry.peek();
  const { land, border } = map.palette.peek();
  const { world } = map.recording.peek().index;
  const history = map.catchments.peek();
  const pops = history?.pops ?? [];
  const isLost = lostAt(map.recording.peek(), map.time_s.peek());
  const path = geoPath(project).digits(2);
  const d = (object: GeoPermissibleObjects): string => path(object) ?? '';
  const outline = worldOutline();
  const cells = places.map((place) => {
    const pop = servingPop(place, world.regions, pops);
    const colour = cellColour(world, isLost(pop) ? -1 : pop, 0.5, land);
    return `<path d="${d(place.polygon)}" fill="${colour}" stroke="${colour}"/>`;
  });
  const landPath = d(outline.land);
  return `<clipPath id="land"><path d="${landPath}"/></clipPath>
<path d="${landPath}" fill="${land}"/>
<g clip-path="url(#land)" stroke-width="${1 / k}">${pops.length === 0 ? '' : cells.join('')}</g>
<path d="${d(outline.borders)}" fill="none" stroke="${border}" stroke-width="${0.6 / k}"/>`;
}

function linksSvg(map: WorldMap, k: number): string {
  const { lines } = map.geometry.peek();
  const { linkCasing, land } = map.palette.peek();
  return map.links
    .peek()
    .map(({ index, link, isDown, utilisation }) => {
      const points = lines[index] ?? [];
      const middle = Math.floor(points.length / 2);
      const d = (part: typeof points): string =>
        `M${part.map(([px, py]) => `${px.toFixed(2)},${py.toFixed(2)}`).join('L')}`;
      const width = linkWidth(link.bandwidth_bps, k);
      const dash = isDown ? ` stroke-dasharray="${5 / k} ${4 / k}"` : '';
      const line = (part: typeof points, colour: string, pixels: number): string =>
        `<path d="${d(part)}" fill="none" stroke="${colour}" stroke-width="${pixels / k}"${dash}/>`;
      const colour = (direction: 0 | 1): string =>
        isDown ? land : utilisationColour(utilisation[direction]);
      return (
        line(points, linkCasing, width + 1.6) +
        line(points.slice(0, middle + 1), colour(0), width) +
        line(points.slice(middle), colour(1), width)
      );
    })
    .join('');
}

const popsSvg = (map: WorldMap, text: string): string =>
  map.marks.peek().map(popSvg(text)).join('');

const popSvg =
  (text: string) =>
  ({ x, y, radius, state, utilisation, label: side, pop }: PopMark): string => {
    const { colour, sign } = STATE_MARKS[state.state];
    const middle = radius + 3.75;
    const around = 2 * Math.PI * middle;
    const busy = Math.min(utilisation || 0, 1) * around;
    const label =
      side !== null
        ? `<text x="${radius + 10}" dy="0.34em">${escapeXml(pop.name.slice(0, 18))}</text>`
        : '';
    const size = Math.max(radius * 1.25, 11);
    return `<g transform="translate(${x.toFixed(1)},${y.toFixed(1)})">
<circle r="${middle}" fill="none" stroke="${utilisationColour(utilisation)}" stroke-width="3.5"
 stroke-dasharray="${busy} ${around}" transform="rotate(-90)"/>
<circle r="${radius}" fill="${colour}" stroke="${text}" stroke-width="1.2"/>
<text text-anchor="middle" dy="0.35em" font-size="${size}" fill="#fff">${sign}</text>${label}</g>`;
  };

/** Names come from files. */
export const escapeXml = (name: string): string =>
  name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
