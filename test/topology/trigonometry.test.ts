import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arcsine, cosine, sine } from '../../topology/trigonometry.ts';

/** Distance in units of the last place of `expected`. */
function ulps(actual: number, expected: number): number {
  if (actual === expected) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(expected)));
  return Math.abs(actual - expected) / 2 ** (Math.max(exponent, -1022) - 52);
}

describe('deterministic trigonometry', () => {
  // Ours and the engine's are each within 1 ulp of the truth, so within 2 of each other.
  it.each([
    ['sine', sine, Math.sin, 1000],
    ['cosine', cosine, Math.cos, 1000],
    ['arcsine', arcsine, Math.asin, 1],
  ] as const)('%s agrees with the engine', (_, ours, engine, limit) => {
    fc.assert(
      fc.property(fc.double({ min: -limit, max: limit, noNaN: true }), (x) => {
        // Near a zero crossing of a large argument the reduction's absolute error dominates.
        if (limit > 1 && Math.abs(engine(x)) < 1e-6 * Math.abs(x)) return;
        expect(ulps(ours(x), engine(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 2000 },
    );
  });

  // To 17 digits, from tables.
  it.each([
    ['sin π/6', sine(Math.PI / 6), 0.49999999999999994],
    ['cos π/3', cosine(Math.PI / 3), 0.5000000000000001],
    ['sin 1', sine(1), 0.8414709848078965],
    ['cos 1', cosine(1), 0.5403023058681398],
    ['asin 1/2', arcsine(0.5), 0.5235987755982989],
    ['asin 1', arcsine(1), Math.PI / 2],
    ['asin −1', arcsine(-1), -Math.PI / 2],
    ['sin 0', sine(0), 0],
    ['cos 0', cosine(0), 1],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it('has no arcsine beyond 1', () => {
    expect(arcsine(1.0000000000000002)).toBeNaN();
    expect(arcsine(Number.NaN)).toBeNaN();
  });
});
