/**
 * The bits of a double, for the functions of `math.ts`. A file that needs them makes its own two
 * views of one cell (a view that is a constant of its module is what engines optimise best):
 *
 *     const cell = new Float64Array(1);
 *     const words = new Int32Array(cell.buffer);
 *
 * `words[HIGH]` then holds sign, exponent and the top 20 bits of the significand of `cell[0]`;
 * `words[LOW]` the other 32.
 */

/** Position of the high word: 1 on little-endian machines, 0 on the others. */
export const HIGH = new Uint8Array(Float64Array.of(1).buffer)[7] === 0x3f ? 1 : 0;
export const LOW = 1 - HIGH;

/** High word of 1.0. */
export const HIGH_OF_ONE = 0x3ff0_0000;

/** 2^54: lifts every subnormal number into the normal range. */
export const TWO_54 = 18_014_398_509_481_984;

/** Below it, numbers are subnormal. */
export const LEAST_NORMAL = 2.2250738585072014e-308;

const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);

/** `value` · 2^`exponent`, exact unless the result is subnormal or overflows; |exponent| ≤ 1100. */
export function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent > 1023) return value * 2 ** 1023 * powerOfTwo(exponent - 1023);
  if (exponent < -1022) return (value * powerOfTwo(exponent + 54)) / TWO_54;
  return value * powerOfTwo(exponent);
}

function powerOfTwo(exponent: number): number {
  words[HIGH] = (1023 + exponent) << 20;
  words[LOW] = 0;
  return cell[0]!;
}
