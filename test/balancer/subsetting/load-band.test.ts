import { describe, expect, test } from 'vitest';
import { AperturePolicy, LoadBand } from '../../../balancer/index.ts';
import { clock, filled, KEYS, policyOf } from '../filled-balancer.ts';

describe('Finagle’s load band', () => {
  test('widens above two requests a backend, narrows below a half, by one at a time', () => {
    const band = new LoadBand({ smoothNs: 1 });
    let nowNs = 0;
    for (let i = 0; i < 40; i++) {
      const before = band.aperture;
      band.change(1, 100, (nowNs += 1000));
      expect(band.aperture - before).toBeLessThanOrEqual(1);
    }
    // At 20 the load is two, which still widens.
    expect(band.aperture).toBe(21);
    for (let i = 0; i < 40; i++) band.change(-1, 100, (nowNs += 1000));
    // From ten in flight on, 10 ÷ 21 ≤ ½, each end takes one away.
    expect(band.aperture).toBe(10);
  });

  test('around a policy: a quiet client uses few, a busy one many, at most all', () => {
    const aperture = new AperturePolicy(policyOf('two-choices', {}), 42, { smoothNs: 1 });
    const balancer = filled(aperture, 10);
    const quiet = new Set(KEYS.slice(0, 100).map((key) => balancer.pick(key, 0)));
    expect(quiet.size).toBe(1);
    for (let i = 0; i < 100; i++) {
      clock.nowNs += 1000;
      balancer.start(balancer.pick(0, 0));
    }
    expect(aperture.aperture).toBe(10);
    expect(new Set(KEYS.slice(0, 300).map((key) => balancer.pick(key, 0))).size).toBeGreaterThan(1);
  });
});
