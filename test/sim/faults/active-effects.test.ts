import { describe, expect, it } from 'vitest';
import { ActiveEffects, product, union } from '../../../sim/faults/active-effects.ts';

describe('effects on top of each other', () => {
  it('leave nothing behind when the last has ended, in whatever order they end', () => {
    const effects = new ActiveEffects<{ factor: number }>();
    const slow = { factor: 8 };
    const slower = { factor: 3 };
    effects.begin(0, slow);
    expect(product(effects.begin(0, slower), ({ factor }) => factor)).toBe(24);
    expect(product(effects.end(0, slow), ({ factor }) => factor)).toBe(3);
    expect(product(effects.end(0, slower), ({ factor }) => factor)).toBe(1);
    expect(effects.of(1)).toEqual([]);
  });

  it('unite as independent causes', () => {
    expect(union([0.5, 0.5], (ratio) => ratio)).toBe(0.75);
    expect(union([], () => 1)).toBe(0);
  });
});
