/** What we use of d3-geo-voronoi 2.1, which brings no types. */
declare module 'd3-geo-voronoi' {
  import type { FeatureCollection, Polygon } from 'geojson';

  export interface GeoVoronoi {
    polygons(): FeatureCollection<Polygon>;
    /** Index of the site nearest to a place. */
    find(longitude: number, latitude: number): number;
  }
  export function geoVoronoi(sites: readonly (readonly [number, number])[]): GeoVoronoi;
}
