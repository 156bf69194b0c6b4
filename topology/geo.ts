/** Distance on the globe, and how long light in fibre takes for it. */

import { arcsine, cosine, sine } from './trigonometry.ts';

/** Mean radius of the Earth, km (IUGG: (2a + b) / 3 of GRS 80). */
export const EARTH_RADIUS_KM = 6371.0088;

/** Speed of light in vacuum, km a millisecond (exact by definition of the metre). */
export const VACUUM_KM_PER_MS = 299.792458;

/**
 * Light in fibre by the convention of measurement papers, two thirds of c, km a millisecond. The
 * measured inflation that the delay law is checked against is relative to this figure.
 */
export const FIBRE_KM_PER_MS = 199.861;

/** Group index of single-mode fibre at 1550 nm (Corning SMF-28 data sheet): 204.2 km/ms. */
export const FIBRE_GROUP_INDEX = 1.468;

/**
 * Length of cable for a kilometre of great circle on one leg. End-to-end inflation is more, as
 * packets also detour by routing; the walk adds that by itself.
 */
export const CABLE_FACTOR = 1.4;

const NS_PER_MS = 1e6;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** Great-circle distance in km between two points in degrees (haversine; 0 for equal points). */
export function greatCircleKm(
  latitudeA: number,
  longitudeA: number,
  latitudeB: number,
  longitudeB: number,
): number {
  const sinLatitude = sine(((latitudeB - latitudeA) * RADIANS_PER_DEGREE) / 2);
  const sinLongitude = sine(((longitudeB - longitudeA) * RADIANS_PER_DEGREE) / 2);
  const parallels = cosine(latitudeA * RADIANS_PER_DEGREE) * cosine(latitudeB * RADIANS_PER_DEGREE);
  const haversine = sinLatitude * sinLatitude + parallels * sinLongitude * sinLongitude;
  // Rounding may exceed 1 by an ulp for antipodes.
  return 2 * EARTH_RADIUS_KM * arcsine(Math.sqrt(haversine > 1 ? 1 : haversine));
}

/** One-way propagation in ns over `km` of great circle, laid as cable; rounded to whole ns. */
export function propagationNs(km: number, cableFactor = CABLE_FACTOR): number {
  return Math.round((km / FIBRE_KM_PER_MS) * cableFactor * NS_PER_MS);
}

/** Least possible RTT in ms over `km` of straight fibre of the given group index. */
export function fibreRttMs(km: number, groupIndex = FIBRE_GROUP_INDEX): number {
  return (2 * km * groupIndex) / VACUUM_KM_PER_MS;
}
