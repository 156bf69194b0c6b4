import worldAtlas from 'world-atlas/countries-110m.json';
import type { MultiLineString, MultiPolygon } from 'geojson';
import { merge, mesh } from 'topojson-client';
import type {
  GeometryCollection,
  Polygon,
  MultiPolygon as TopoMulti,
  Topology,
} from 'topojson-specification';

/** Land and borders at 1:110 million (Natural Earth, public domain; via world-atlas). */
export interface WorldOutline {
  readonly land: MultiPolygon;
  readonly borders: MultiLineString;
}

let outline: WorldOutline | null = null;

/** Taken apart on the first call and kept. Without Antarctica, which has no users. */
export function worldOutline(): WorldOutline {
  if (outline !== null) return outline;
  const topology = worldAtlas as unknown as Topology;
  const countries = topology.objects['countries'] as GeometryCollection;
  const inhabited = countries.geometries.filter(
    (country): country is (Polygon | TopoMulti) & typeof country =>
      nameOf(country.properties) !== 'Antarctica',
  );
  outline = {
    land: merge(topology, inhabited),
    borders: mesh(topology, countries, (a, b) => a !== b),
  };
  return outline;
}

const nameOf = (properties: unknown): unknown =>
  (properties as { readonly name?: unknown } | undefined)?.name;
