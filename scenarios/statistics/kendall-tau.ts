/**
 * Kendall's rank correlation with ties, tau-b (M. G. Kendall 1945): 1 for the same order, −1 for
 * the reverse. Null when either side is all ties.
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number | null {
  let agreement = 0;
  let pairsUntiedInA = 0;
  let pairsUntiedInB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      const signA = Math.sign(a[i]! - a[j]!);
      const signB = Math.sign(b[i]! - b[j]!);
      agreement += signA * signB;
      pairsUntiedInA += Math.abs(signA);
      pairsUntiedInB += Math.abs(signB);
    }
  }
  if (pairsUntiedInA === 0 || pairsUntiedInB === 0) return null;
  return agreement / Math.sqrt(pairsUntiedInA * pairsUntiedInB);
}
