import type { ByteScale } from '../../recording.ts';

/** 250 steps of 0.4 %: finer than the narrowest class of utilisation that is shown (0–1 %). */
export const BYTE_SCALE: ByteScale = { full: 250, over: 251, none: 255 };

/** A ratio ≥ 0 as one byte; rounded up, so that only nothing at all is 0. NaN is `none`. */
export function byteOfRatio(ratio: number): number {
  if (ratio > 1) return BYTE_SCALE.over;
  return ratio >= 0 ? Math.ceil(ratio * BYTE_SCALE.full) : BYTE_SCALE.none;
}
