/**
 * ln((x + ½) ÷ 2³²) for an unsigned 32-bit x: the logarithm of a hash read as a uniform number in
 * (0, 1). Uses + − × ÷ only, so that every engine gives the same bits, which `Math.log` does not
 * promise. Method and constants of fdlibm's `e_log.c` (Sun 1993); error below 1 ulp there.
 */
export function logOfUniform32(x: number): number {
  const value = x + 0.5;
  // value = mantissa · 2^exponent with the mantissa in [1, 2); 0.5 itself is below 2^0.
  let exponent = x === 0 ? -1 : 31 - Math.clz32(x);
  let mantissa = x === 0 ? 1 : value / POWERS_OF_TWO[exponent]!;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  exponent -= 32;
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

const POWERS_OF_TWO = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** exponent);

/** ln 2 in two parts: the high one has 20 trailing zero bits, so that exponent × high is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
