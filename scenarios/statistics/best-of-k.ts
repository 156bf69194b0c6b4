import { mean, sampleVariance } from 'simple-statistics';
import { tQuantile } from './student-t.ts';
import { CONFIDENCE } from './t-interval.ts';

/**
 * Which of k alternatives may be the best (smallest): Hsu's multiple comparisons with the best
 * (J. C. Hsu 1984) on pairs that share random numbers. The joint critical value is Bonferroni's,
 * t_{1 − α/(k − 1)}, since paired differences have unequal correlations (Nakayama 1997); it is
 * conservative. `rows[i]` holds alternative i's replications. Returns the indices of those not
 * shown to be worse than another, ascending; all of them below two replications.
 */
export function bestCandidates(
  rows: readonly (readonly number[])[],
  confidence = CONFIDENCE,
): number[] {
  const indices = rows.map((_, index) => index);
  const replications = rows[0]?.length ?? 0;
  if (rows.length < 2 || replications < 2) return indices;
  const critical = tQuantile(1 - (1 - confidence) / (rows.length - 1), replications - 1);
  return indices.filter((candidate) =>
    indices.every(
      (other) => other === candidate || !isWorse(rows[candidate]!, rows[other]!, critical),
    ),
  );
}

function isWorse(
  candidate: readonly number[],
  other: readonly number[],
  critical: number,
): boolean {
  const differences = candidate.map((value, index) => value - other[index]!);
  const halfWidth = critical * Math.sqrt(sampleVariance(differences) / differences.length);
  return mean(differences) - halfWidth > 0;
}
