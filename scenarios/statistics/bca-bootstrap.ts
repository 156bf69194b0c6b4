import seedrandom from 'seedrandom';
import { mean } from 'simple-statistics';
import { normalCumulative, normalQuantile } from './student-t.ts';
import { CONFIDENCE } from './t-interval.ts';

/** Enough that the 2.5 % quantile of the resamples stands on 250 of them (Efron & Tibshirani). */
export const RESAMPLES = 10_000;

/** Fewer values than this make the bootstrap of a mean too narrow to be worth printing. */
export const REPLICATIONS_FOR_BOOTSTRAP = 20;

/**
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron 1987; Efron & Tibshirani 1993,
 * 14.3). Draws from a generator of its own, seeded by `seed`: the same values and seed give the
 * same interval.
 */
export function bcaInterval(
  values: readonly number[],
  seed: string,
  confidence = CONFIDENCE,
): { readonly low: number; readonly high: number } {
  const count = values.length;
  const center = mean(values as number[]);
  const means = resampledMeans(values, seedrandom.alea(seed));
  const below = means.reduce((total, m) => total + (m < center ? 1 : m === center ? 0.5 : 0), 0);
  // All resamples alike: the values have no spread.
  if (means[0] === means[RESAMPLES - 1]) return { low: center, high: center };
  const bias = normalQuantile(clampShare(below / RESAMPLES));
  const acceleration = jackknifeAcceleration(values, center * count);
  const tail = (1 - confidence) / 2;
  const quantileAt = (probability: number): number => {
    const z = bias + normalQuantile(probability);
    const adjusted = normalCumulative(bias + z / (1 - acceleration * z));
    const position = Math.min(RESAMPLES - 1, Math.max(0, Math.floor(adjusted * RESAMPLES)));
    return means[position]!;
  };
  return { low: quantileAt(tail), high: quantileAt(1 - tail) };
}

function resampledMeans(values: readonly number[], random: () => number): Float64Array {
  const count = values.length;
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[Math.floor(random() * count)]!;
    means[resample] = sum / count;
  }
  return means.sort();
}

function clampShare(share: number): number {
  return Math.min(1 - 1 / RESAMPLES, Math.max(1 / RESAMPLES, share));
}

/**
 * a = Σ u³ / (6 (Σ u²)^{3/2}) with u = mean of the leave-one-out means − the leave-one-out
 * mean.
 */
function jackknifeAcceleration(values: readonly number[], total: number): number {
  const count = values.length;
  const leaveOneOut = values.map((value) => (total - value) / (count - 1));
  const center = mean(leaveOneOut);
  let squares = 0;
  let cubes = 0;
  for (const value of leaveOneOut) {
    const deviation = center - value;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}
