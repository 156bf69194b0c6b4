/**
 * e^x for x ≤ 0, with + − × ÷ only, so that every engine gives the same bits, which `Math.exp` does
 * not promise. Method and constants of fdlibm's `e_exp.c` (Sun 2004); error below 1 ulp there.
 */
export function expOfNegative(x: number): number {
  if (x < LEAST) return 0;
  // x = halvings · ln 2 + rest with |rest| ≤ ½ ln 2.
  const halvings = Math.round(-x * INVERSE_LN2);
  const high = x + halvings * LN2_HIGH;
  const low = -halvings * LN2_LOW;
  const rest = high - low;
  const t = rest * rest;
  const c =
    rest -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const mantissa = 1 - (low - (rest * c) / (2 - c) - high);
  return mantissa * HALVED[halvings]!;
}

/** Below it the result is under the least normal number, 2⁻¹⁰²²; 0 is near enough. */
const LEAST = -708;
const INVERSE_LN2 = 1.442695040888963387;

/** ln 2 in two parts: the high one has 20 trailing zero bits, so that halvings × high is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

const HALVED = Float64Array.from({ length: 1023 }, (_, halvings) => 2 ** -halvings);
