/** HAProxy multiplies weights by it, so that fractions of them have an effect. */
const WEIGHT_SCALE = 16;

/** HAProxy's effective weight: whole, at least 1. */
export function effectiveWeight(weight: number): number {
  return Math.max(1, Math.round(WEIGHT_SCALE * weight));
}
