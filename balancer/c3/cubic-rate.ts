import { power } from '../numbers/power.ts';

export interface CubicSettings {
  /** What a decrease leaves of the rate. */
  readonly beta: number;
  /** Steepness of the curve, requests an interval ÷ ms³. */
  readonly gamma: number;
}

/**
 * C3's sending rate after a decrease (Suresh et al., NSDI 2015, §3.2), that of TCP CUBIC: γ (t −
 * ∛(β R₀ ÷ γ))³ + R₀ with the time t since the decrease and the rate R₀ before it. Steep at first,
 * level about R₀ (the saddle), then steep again to find out whether there is room for more.
 */
export function cubicRate(
  sinceDecreaseMs: number,
  rateBefore: number,
  { beta, gamma }: CubicSettings,
): number {
  const fromSaddleMs = sinceDecreaseMs - saddleMs(rateBefore, { beta, gamma });
  return gamma * fromSaddleMs * fromSaddleMs * fromSaddleMs + rateBefore;
}

/** When the rate of before the decrease is reached again. */
export function saddleMs(rateBefore: number, { beta, gamma }: CubicSettings): number {
  return power((beta * rateBefore) / gamma, 1 / 3);
}
