/**
 * Upper word of the product of two 32-bit words, read as unsigned, as a signed one. The product in
 * doubles is off by at most 2¹¹; less its exact lower word it is a multiple of 2³² but for that, so
 * rounding gives the upper word exactly.
 */
export function highOfProduct(a: number, b: number): number {
  const low = Math.imul(a, b) >>> 0;
  return (((a >>> 0) * (b >>> 0) - low) / 2 ** 32 + 0.5) | 0;
}
