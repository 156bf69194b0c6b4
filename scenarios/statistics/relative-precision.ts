import { mean } from 'simple-statistics';
import { CONFIDENCE, tHalfWidth } from './t-interval.ts';

/** Fewer replications than this give no verdict of any kind. */
export const REPLICATIONS_FOR_A_VERDICT = 10;

/**
 * Is the mean of these replications known to the wanted relative precision? Sequential procedure of
 * Law & Kelton (9.4.1): stop at the first R ≥ R₀ with h / |X̄| ≤ γ / (1 + γ), where the right side
 * accounts for dividing by the estimate instead of the true mean.
 */
export function isPrecise(
  values: readonly number[],
  relative: number,
  confidence = CONFIDENCE,
): boolean {
  if (values.length < 2) return false;
  const center = Math.abs(mean(values as number[]));
  const half = tHalfWidth(values, confidence);
  if (half === 0) return true;
  return half / center <= relative / (1 + relative);
}
