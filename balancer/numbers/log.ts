/**
 * Logarithms with + − × ÷ and the bits of doubles only, so that every engine gives the same bits,
 * which `Math.log` does not promise. Method and constants of fdlibm's `e_log.c` and `e_log10.c`
 * (Sun 1993); errors are below 1 ulp there.
 */

/** ln((x + ½) ÷ 2³²) for an unsigned 32-bit x: of a hash read as a uniform number in (0, 1). */
export function logOfUniform32(x: number): number {
  const value = x + 0.5;
  // value = mantissa · 2^exponent with the mantissa in [1, 2); 0.5 itself is below 2^0.
  const exponent = x === 0 ? -1 : 31 - Math.clz32(x);
  const mantissa = x === 0 ? 1 : value / POWERS_OF_TWO[exponent]!;
  return logOfParts(mantissa, exponent, 32);
}

/** ln of a positive, normal number. */
export function naturalLog(value: number): number {
  const exponent = exponentOf(value);
  return logOfParts(mantissaOf(value), exponent, 0);
}

/** log₁₀ of a positive, normal number; exact at powers of ten. */
export function log10(value: number): number {
  // Below 1, fdlibm writes value = (mantissa ÷ 2) · 2^(exponent + 1).
  const exponent = exponentOf(value);
  const shift = exponent < 0 ? exponent + 1 : exponent;
  const scaled = exponent < 0 ? mantissaOf(value) / 2 : mantissaOf(value);
  const rest = shift * LOG10_2_LOW + INVERSE_LN10 * naturalLog(scaled);
  return rest + shift * LOG10_2_HIGH;
}

/** ln(mantissa · 2^(exponent − scale)); the mantissa in [1, 2). */
function logOfParts(mantissaFrom1: number, exponentFrom1: number, scale: number): number {
  const isHigh = mantissaFrom1 > Math.SQRT2;
  const mantissa = isHigh ? mantissaFrom1 / 2 : mantissaFrom1;
  const exponent = (isHigh ? exponentFrom1 + 1 : exponentFrom1) - scale;
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const odd =
    z *
    (0.666666666666673513 +
      w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + even + odd) + exponent * LN2_LOW) - f);
}

const bits = new DataView(new ArrayBuffer(8));

function exponentOf(value: number): number {
  bits.setFloat64(0, value);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/** The number with its exponent set to 0. */
function mantissaOf(value: number): number {
  bits.setFloat64(0, value);
  bits.setUint32(0, (bits.getUint32(0) & 0xfffff) | 0x3ff00000);
  return bits.getFloat64(0);
}

const POWERS_OF_TWO = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** exponent);

/** ln 2 in two parts: the high one has 20 trailing zero bits, so that exponent × high is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

const INVERSE_LN10 = 4.34294481903251816668e-1;
/** log₁₀ 2 in two parts. */
const LOG10_2_HIGH = 3.01029995663611771306e-1;
const LOG10_2_LOW = 3.69423907715893078616e-13;
