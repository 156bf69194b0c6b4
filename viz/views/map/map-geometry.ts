import {
  geoDistance,
  geoGraticule,
  geoInterpolate,
  geoPath,
  type GeoPermissibleObjects,
  type GeoProjection,
} from 'd3-geo';
import type { RecordedWorld } from '../../../sim/recording.ts';
import type { Size } from '../../observe-size.ts';
import { fitWorld } from './projection.ts';
import { regionPlaces, type RegionPlace } from './region-places.ts';
import { worldOutline } from './world-outline.ts';

/** Everything that is projected once a size: paths in base coordinates. */
export interface MapGeometry {
  readonly project: GeoProjection;
  readonly land: Path2D;
  readonly borders: Path2D;
  readonly graticule: Path2D;
  /** By POP; null without a place. */
  readonly pops: readonly (Point | null)[];
  /** By link: the great circle as points from `a` to `b`, as many on either side of the middle. */
  readonly lines: readonly (readonly Point[])[];
  /**
   * By link: both halves, from `a` and from `b`, where the edge of the map cuts the line; else
   * null, and the points will do.
   */
  readonly cutHalves: readonly (readonly [Path2D, Path2D] | null)[];
  readonly places: readonly (RegionPlace & { readonly cell: Path2D; readonly point: Point })[];
}

export type Point = readonly [x: number, y: number];

/** Whether a segment of a line runs from one edge of the map to the other. */
export const isTorn = ([ax]: Point, [bx]: Point): boolean => Math.abs(ax - bx) > TORN_PIXELS;

/** Neighbouring points are nearer than this, at zoom 1, unless the map's edge lies between them. */
const TORN_PIXELS = 240;

/** Chords of a great circle across half the world: few enough to draw, enough to look round. */
const STEPS = 48;
/** Short lines are as good as straight; particles need some points all the same. */
const STEPS_MIN = 6;

export function projectMap(world: RecordedWorld, size: Size): MapGeometry {
  const project = fitWorld(size);
  const draw = (object: GeoPermissibleObjects): Path2D => {
    const path = new Path2D();
    geoPath(project, path as unknown as CanvasRenderingContext2D)(object);
    return path;
  };
  const { land, borders } = worldOutline();
  const { pops, links } = world;
  const place = (pop: number): [number, number] => [
    pops[pop]?.longitude ?? 0,
    pops[pop]?.latitude ?? 0,
  ];
  const point = (longitude: number | null, latitude: number | null): Point | null =>
    longitude === null || latitude === null ? null : project([longitude, latitude]);
  const along = (a: number, b: number, until: number): [number, number][] => {
    const between = geoInterpolate(place(a), place(b));
    const wanted = Math.ceil((geoDistance(place(a), place(b)) / Math.PI) * STEPS);
    const steps = Math.max(STEPS_MIN, wanted + (wanted % 2));
    const count = Math.round(steps * until);
    return Array.from({ length: count + 1 }, (_, i) => between(i / steps));
  };
  const half = (a: number, b: number): Path2D =>
    draw({ type: 'LineString', coordinates: along(a, b, 0.5) });
  const lines = links.map(({ a, b }) => along(a, b, 1).map((at): Point => project(at) ?? [0, 0]));
  const isCut = (line: readonly Point[]): boolean =>
    line.some((at, i) => i > 0 && isTorn(line[i - 1]!, at));
  return {
    project,
    land: draw(land),
    borders: draw(borders),
    graticule: draw(geoGraticule().step([30, 30])()),
    pops: pops.map(({ longitude, latitude }) => point(longitude, latitude)),
    lines,
    cutHalves: links.map(({ a, b }, i) => (isCut(lines[i]!) ? [half(a, b), half(b, a)] : null)),
    places: regionPlaces(world.regions).map((one) => ({
      ...one,
      cell: draw(one.polygon),
      point: project([one.longitude, one.latitude]) ?? [0, 0],
    })),
  };
}
