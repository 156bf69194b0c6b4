import { cos } from '../kernel/math.ts';
import type { DayCurveSpec } from '../world.ts';

const HOURS_PER_DAY = 24;
const NS_PER_HOUR = 3_600e9;

/**
 * How a region's demand follows the sun, as a factor on its mean rate: a cosine with its top at
 * `peakHour` of local solar time.
 *
 * @param utcOffsetHours the region's
 */
export function dayCurveFactor(curve: DayCurveSpec, utcOffsetHours: number, nowNs: number): number {
  if (curve.kind === 'flat') return 1;
  if (curve.kind === 'peak') return 1 + curve.amplitude;
  const localHour = curve.startUtcHour + nowNs / NS_PER_HOUR + utcOffsetHours;
  const angle = (2 * Math.PI * (localHour - curve.peakHour)) / HOURS_PER_DAY;
  return 1 + curve.amplitude * cos(angle);
}
