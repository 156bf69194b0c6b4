import { describe, expect, it } from 'vitest';
import {
  CABLE_FACTOR,
  EARTH_RADIUS_KM,
  FIBRE_KM_PER_MS,
  fibreRttMs,
  greatCircleKm,
  propagationNs,
} from '../../topology/index.ts';
import vectors from '../vectors/topology/great-circle.json' with { type: 'json' };

describe('great-circle distance', () => {
  it.each(vectors)('agrees with the reference: $id', ({ inputs, expected }) => {
    const [from, to] = [inputs.from as [number, number], inputs.to as [number, number]];
    const km = greatCircleKm(...from, ...to);
    expect(Math.abs(km / expected.km - 1)).toBeLessThan(1e-9);
    expect(Math.abs(fibreRttMs(km) / expected.rtt_ms_min - 1)).toBeLessThan(1e-9);
  });

  // A quarter of a great circle is π R / 2, half of one is π R.
  it.each([
    ['pole to equator', [90, 0, 0, 0], Math.PI / 2],
    ['a quarter of the equator', [0, 0, 0, 90], Math.PI / 2],
    ['pole to pole', [90, 0, -90, 0], Math.PI],
    ['antipodes on the equator', [0, -90, 0, 90], Math.PI],
    ['one degree of a meridian', [50, 8, 51, 8], Math.PI / 180],
    ['across the date line', [0, 179.5, 0, -179.5], Math.PI / 180],
    ['one point', [50.12, 8.68, 50.12, 8.68], 0],
  ] as const)('has its closed form: %s', (_, [a, b, c, d], radians) => {
    expect(greatCircleKm(a, b, c, d)).toBeCloseTo(radians * EARTH_RADIUS_KM, 8);
  });

  it('is the same both ways', () => {
    expect(greatCircleKm(51.47, -0.45, 40.64, -73.78)).toBe(
      greatCircleKm(40.64, -73.78, 51.47, -0.45),
    );
  });
});

describe('propagation', () => {
  it('is distance over the speed in fibre times the cable factor, in whole ns', () => {
    // 199.861 km of straight fibre are 1 ms.
    expect(propagationNs(FIBRE_KM_PER_MS, 1)).toBe(1_000_000);
    expect(propagationNs(1000)).toBe(Math.round((1000 / 199.861) * CABLE_FACTOR * 1e6));
    expect(propagationNs(0)).toBe(0);
  });
});
