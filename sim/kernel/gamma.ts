import { exp } from './exp.ts';
import { log } from './log.ts';

/**
 * ln Γ(x) for x > 0: Stirling's series at x ≥ 10 (its first omitted term is below 2e-16), reached
 * by Γ(x + 1) = x·Γ(x). Relative error of Γ about 1e-14.
 */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < 10) product *= shifted++;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 -
      square *
        (1 / 360 -
          square *
            (1 / 1260 -
              square *
                (1 / 1680 - square * (1 / 1188 - square * (691 / 360_360 - square / 156))))));
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_2_PI + series - log(product);
}

/** Γ(x) for x > 0. */
export function gamma(x: number): number {
  return exp(logGamma(x));
}

const HALF_LOG_2_PI = 0.9189385332046728;
