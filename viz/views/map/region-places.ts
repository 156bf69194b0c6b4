import { geoVoronoi } from 'd3-geo-voronoi';
import type { Polygon } from 'geojson';
import type { RecordedRegion } from '../../../sim/recording.ts';

/** A place with clients: the regions there (one for each network) and the land nearest to it. */
export interface RegionPlace {
  readonly longitude: number;
  readonly latitude: number;
  /** Positions of its regions. */
  readonly regions: readonly number[];
  /** The spherical Voronoi cell. */
  readonly polygon: Polygon;
}

/**
 * Regions by place: several stand in one city, and a Voronoi diagram needs sites that differ.
 * Places that differ by less than a hundredth of a degree (some km) are one.
 */
export function regionPlaces(regions: readonly RecordedRegion[]): readonly RegionPlace[] {
  const byPlace = new Map<string, { longitude: number; latitude: number; regions: number[] }>();
  regions.forEach(({ longitude, latitude }, region) => {
    if (longitude === null || latitude === null) return;
    const key = `${longitude.toFixed(2)},${latitude.toFixed(2)}`;
    const place = byPlace.get(key);
    if (place === undefined) byPlace.set(key, { longitude, latitude, regions: [region] });
    else place.regions.push(region);
  });
  const places = [...byPlace.values()];
  if (places.length < 2) return [];
  const sites = places.map(({ longitude, latitude }): [number, number] => [longitude, latitude]);
  const { features } = geoVoronoi(sites).polygons();
  return features.flatMap((feature, i) => {
    const place = places[i];
    return place === undefined ? [] : [{ ...place, polygon: feature.geometry }];
  });
}

/** The POP that serves most of a place's users; -1 where most have no route. */
export function servingPop(
  place: RegionPlace,
  regions: readonly RecordedRegion[],
  pops: ArrayLike<number>,
): number {
  // Most places are one region, and there are thousands.
  if (place.regions.length === 1) return pops[place.regions[0]!] ?? -1;
  const weights = new Map<number, number>();
  for (const region of place.regions) {
    const pop = pops[region] ?? -1;
    weights.set(pop, (weights.get(pop) ?? 0) + (regions[region]?.weight ?? 0));
  }
  let best = -1;
  let most = -1;
  for (const [pop, weight] of weights) {
    if (weight > most || (weight === most && pop < best)) [best, most] = [pop, weight];
  }
  return best;
}
