import { Delaunay } from 'd3-delaunay';
import { geoVoronoi, type GeoVoronoi } from 'd3-geo-voronoi';
import type { Selection } from '../../store.ts';
import type { RecordedWorld } from '../../../sim/recording.ts';
import { isTorn, type MapGeometry, type Point } from './map-geometry.ts';
import type { PopMark } from './pop-layer.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';

/** Beyond the edge of a mark, pixels: targets are 24 px wide at least (WCAG 2.5.8). */
const SLACK = 8;

/** What lies under a point of the map: a POP, else a link, else the region of the land there. */
export function createHitTest(world: RecordedWorld, geometry: MapGeometry) {
  const sites = geometry.places.map(({ longitude, latitude }): [number, number] => [
    longitude,
    latitude,
  ]);
  let places: GeoVoronoi | null = null;
  const probe = document.createElement('canvas').getContext('2d')!;
  return (
    [x, y]: Point,
    marks: readonly PopMark[],
    transform: ScreenTransform,
  ): Selection | null => {
    const pop = popAt([x, y], marks);
    if (pop !== null) return { kind: 'pop', name: pop.pop.name };
    const base: Point = [(x - transform.x) / transform.k, (y - transform.y) / transform.k];
    const link = linkAt(geometry, base, 6 / transform.k);
    if (link >= 0) return { kind: 'link', name: world.links[link]!.name };
    if (sites.length === 0 || !probe.isPointInPath(geometry.land, ...base)) return null;
    const coordinates = geometry.project.invert?.([...base]);
    if (coordinates === undefined || coordinates === null) return null;
    places ??= geoVoronoi(sites);
    const region = geometry.places[places.find(...coordinates)]?.regions[0];
    return region === undefined ? null : { kind: 'region', name: world.regions[region]!.name };
  };
}

function popAt([x, y]: Point, marks: readonly PopMark[]): PopMark | null {
  if (marks.length === 0) return null;
  const nearest =
    marks[
      Delaunay.from(
        marks,
        (mark) => mark.x,
        (mark) => mark.y,
      ).find(x, y)
    ];
  if (nearest === undefined) return null;
  const distance = Math.hypot(nearest.x - x, nearest.y - y);
  return distance <= Math.max(nearest.radius + SLACK, 12) ? nearest : null;
}

/** The link whose line is nearest, within `reach` base pixels; -1 without one. */
function linkAt({ lines }: MapGeometry, [x, y]: Point, reach: number): number {
  let best = -1;
  let least = reach;
  lines.forEach((line, link) => {
    for (let i = 1; i < line.length; i++) {
      if (isTorn(line[i - 1]!, line[i]!)) continue;
      const distance = distanceToSegment([x, y], line[i - 1]!, line[i]!);
      if (distance < least) [best, least] = [link, distance];
    }
  });
  return best;
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
