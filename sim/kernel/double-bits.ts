/**
 * The bits of a double, for the functions of `math.ts`. A file that needs them makes its own two
 * views of one cell (a view that is a constant of its module is what engines optimise best):
 *
 *     const cell = new Float64Array(1);
 *     const words = new Int32Array(cell.buffer);
 *
 * `words[HIGH]` then holds sign, exponent and the top 20 bits of the significand of `cell[0]`.
 * Only ever write `cell` and read `words`: the other way round stalls the processor's store buffer
 * and costs more than the logarithm.
 */

/** Position of the high word: 1 on little-endian machines, 0 on the others. */
export const HIGH = new Uint8Array(Float64Array.of(1).buffer)[7] === 0x3f ? 1 : 0;

/** 2^54: lifts every subnormal number into the normal range. */
export const TWO_54 = 18_014_398_509_481_984;

/** Below it, numbers are subnormal. */
export const LEAST_NORMAL = 2.2250738585072014e-308;

/** 2^exponent for −1074 ≤ exponent ≤ 1023, at `exponent + 1074`. Reading beats assembling bits. */
const powersOfTwo = new Float64Array(2098);
for (let i = 0, power = 5e-324; i < powersOfTwo.length; i++, power *= 2) powersOfTwo[i] = power;

/** 2^`exponent`, −1074 ≤ exponent ≤ 1023. */
export function powerOfTwo(exponent: number): number {
  return powersOfTwo[exponent + 1074]!;
}

/** `value` · 2^`exponent`, exact unless the result is subnormal or overflows; |exponent| ≤ 1100. */
export function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent > 1023) return value * powerOfTwo(1023) * powerOfTwo(exponent - 1023);
  if (exponent < -1022) return (value * powerOfTwo(exponent + 54)) / TWO_54;
  return value * powerOfTwo(exponent);
}

/** The 21 most significant bits of |x| < 2^990, rounded (Veltkamp 1968); x minus it is exact. */
export function highPart(x: number): number {
  const shifted = x * 4_294_967_297;
  return shifted - (shifted - x);
}
