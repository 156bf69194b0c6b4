/**
 * The integer nearest to 0 ≤ x < 2^52, halves up: how a time (ns) or a size (bytes) that was drawn
 * or reckoned becomes whole. As `Math.round`, which engines compile to a branch on the fraction:
 * mispredicted every second time, it costs more than a logarithm. (Where x is the double below ½
 * it gives 1.)
 */
export function whole(x: number): number {
  return Math.floor(x + 0.5);
}
