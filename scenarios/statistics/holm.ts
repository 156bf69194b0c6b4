/**
 * Holm's step-down correction (S. Holm 1979) of p-values for testing them together; the result is
 * in the order of the input and keeps the family-wise error at the level each is compared with.
 */
export function holm(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (count - rank) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
