import { geoNaturalEarth1, type GeoProjection } from 'd3-geo';
import { WHOLE, type ScreenTransform, type ZoomRange } from '../../charts/screen-transform.ts';
import type { Camera } from '../../store.ts';
import type { Size } from '../../observe-size.ts';

/** Zoom 1 shows the world; at 40 a screen is some 1,000 km wide and the outline gets coarse. */
export const ZOOM_RANGE: ZoomRange = [1, 40];

/** East of Greenwich so that the antimeridian's cut runs through water but for Chukotka's tip. */
const CENTRAL_MERIDIAN = 11;

/** What is shown at zoom 1: from Tierra del Fuego to Spitsbergen, from Hawaii to Auckland. */
const FITTED = {
  type: 'MultiPoint' as const,
  coordinates: [
    [CENTRAL_MERIDIAN - 150, 0],
    [CENTRAL_MERIDIAN + 162, 0],
    [CENTRAL_MERIDIAN, 75],
    [CENTRAL_MERIDIAN, -53],
  ],
};

/** Base coordinates: pixels at zoom 1. What is projected once is scaled by the camera. */
export function fitWorld({ width, height }: Size): GeoProjection {
  return geoNaturalEarth1()
    .rotate([-CENTRAL_MERIDIAN, 0])
    .precision(0.2)
    .fitExtent(
      [
        [8, 8],
        [Math.max(width - 8, 9), Math.max(height - 8, 9)],
      ],
      FITTED,
    );
}

export function transformOf(
  camera: Camera | null,
  project: GeoProjection,
  { width, height }: Size,
): ScreenTransform {
  if (camera === null) return WHOLE;
  const k = Math.min(Math.max(camera.zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1]);
  const centre = project([camera.longitude, camera.latitude]) ?? [width / 2, height / 2];
  return { k, x: width / 2 - k * centre[0], y: height / 2 - k * centre[1] };
}

/** The camera of a transform, in figures short enough for a link; null = the whole world. */
export function cameraOf(
  { k, x, y }: ScreenTransform,
  project: GeoProjection,
  { width, height }: Size,
): Camera | null {
  if (k === 1 && Math.abs(x) < 0.5 && Math.abs(y) < 0.5) return null;
  const centre = project.invert?.([(width / 2 - x) / k, (height / 2 - y) / k]);
  if (centre === undefined || centre === null) return null;
  const short = (value: number): number => Number(value.toFixed(3));
  return { zoom: short(k), latitude: short(centre[1]), longitude: short(centre[0]) };
}
