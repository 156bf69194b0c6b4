import { describe, expect, test } from 'vitest';
import type { BackendIndex } from '../../../balancer/index.ts';
import { clock, filled, KEYS, policyOf } from '../filled-balancer.ts';

describe('Varnish’s warmup and rampup', () => {
  const plain = filled(policyOf('ring-varnish', {}), 5);
  const home = KEYS.map((key) => plain.pick(key, 0));
  const away = KEYS.map((key) => plain.pick(key, 1));

  test('with warmup 0.2 a fifth of the requests goes to the key’s alternative', () => {
    const balancer = filled(policyOf('ring-varnish', { warmup: 0.2 }), 5);
    let alternative = 0;
    KEYS.forEach((key, i) => {
      const picked = balancer.pick(key, 0);
      expect([home[i], away[i]]).toContain(picked);
      if (picked === away[i]) alternative++;
    });
    // s.e. √(0.16 ÷ 20,000) = 0.28 %, four of them.
    expect(Math.abs(alternative / KEYS.length - 0.2)).toBeLessThan(0.0113);
  });

  test('one that comes back gets its keys in proportion to the time since then', () => {
    const balancer = filled(policyOf('ring-varnish', { rampup: '30s' }), 5);
    expect(KEYS.map((key) => balancer.pick(key, 0))).toEqual(home);
    const back = 2 as BackendIndex;
    balancer.pool.setHealthy(back, false);
    balancer.pick(0, 0);
    balancer.pool.setHealthy(back, true);
    const shareAt = (nowNs: number) => {
      clock.nowNs = nowNs;
      const own = KEYS.filter((_, i) => home[i] === back);
      return own.filter((key) => balancer.pick(key, 0) === back).length / own.length;
    };
    clock.nowNs = 100e9;
    expect(shareAt(100e9)).toBe(0);
    for (const elapsed of [0.25, 0.5, 0.75]) {
      expect(Math.abs(shareAt(100e9 + elapsed * 30e9) - elapsed)).toBeLessThan(0.05);
    }
    expect(shareAt(130e9)).toBe(1);
    // Others keep what is theirs throughout.
    const others = KEYS.filter((_, i) => home[i] !== back && away[i] !== back);
    clock.nowNs = 110e9;
    for (const key of others.slice(0, 500)) expect(balancer.pick(key, 0)).toBe(plain.pick(key, 0));
  });
});
