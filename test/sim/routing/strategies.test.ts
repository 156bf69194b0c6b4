import { describe, expect, it } from 'vitest';
import { routingStrategies } from '../../../sim/routing/strategies/index.ts';
import { FIVE_POPS } from './five-pops.ts';

/** RTTs that no geography explains: POP 4 is nearest for all, then 3, and so on. */
const WORLD = {
  network: FIVE_POPS,
  unicastRttNs: (_: number, pop: number) => 5 - pop,
  distanceKm: (region: number, pop: number) => Math.abs(region - pop),
};

describe('every routing strategy', () => {
  it('has a name of its own', () => {
    const names = routingStrategies.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  for (const { name, summary, options, create } of routingStrategies) {
    describe(name, () => {
      const strategy = create(WORLD, options.parse({}));
      const regions = [...Array(FIVE_POPS.regionCount).keys()];

      it('is named as scenarios write it, and says what it does', () => {
        expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(summary).toMatch(/\.$/);
      });

      it('refuses options it does not know', () => {
        expect(options.safeParse({ vnodes: 3 }).success).toBe(false);
      });

      it('has every POP announce something, and no prefix without POPs', () => {
        const announcing = strategy.prefixes.flatMap(({ pops }) => [...pops]);
        expect([...new Set(announcing)].sort()).toEqual([0, 1, 2, 3, 4]);
        expect(strategy.prefixes.every(({ pops }) => pops.length > 0)).toBe(true);
        const names = strategy.prefixes.map((prefix) => prefix.name);
        expect(new Set(names).size).toBe(names.length);
      });

      it('answers every region, also when no POP is usable, and always the same', () => {
        for (const isUsable of [() => true, () => false, (pop: number) => pop === 2]) {
          for (const region of regions) {
            const prefix = strategy.choose(region, isUsable);
            expect(strategy.prefixes[prefix]).toBeDefined();
            expect(strategy.choose(region, isUsable)).toBe(prefix);
          }
        }
      });

      it.skipIf(strategy.addressing === 'fixed')('names only POPs that are usable', () => {
        for (const region of regions) {
          for (const only of [0, 1, 2, 3, 4]) {
            const prefix = strategy.choose(region, (pop) => pop === only);
            expect(strategy.prefixes[prefix]!.pops).toEqual([only]);
          }
        }
      });
    });
  }
});
