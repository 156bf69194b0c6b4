import { z } from 'zod';
import { defineRoutingStrategy, type StrategyWorld } from '../routing-strategy.ts';

/**
 * One prefix per continent, announced by the POPs there; a client is told that of its own. A
 * continent without a POP is served by the prefix of the nearest POP to each of its regions. There
 * is no failover between prefixes: if all POPs of one are dead, its clients reach nobody.
 */
export const anycastRegional = defineRoutingStrategy({
  name: 'anycast-regional',
  summary: 'One anycast prefix per continent; clients are told the one of their continent.',
  options: z.strictObject({ regions: z.literal('continent').default('continent') }),
  create(world) {
    const { network } = world;
    const continents = [...new Set(network.popContinents)].sort(byCodeUnits);
    const prefixOf = Int32Array.from(network.regionContinents, (continent, region) => {
      const prefix = continents.indexOf(continent);
      if (prefix >= 0) return prefix;
      return continents.indexOf(network.popContinents[nearestPop(world, region)]!);
    });
    return {
      prefixes: continents.map((continent) => ({
        name: continent,
        pops: [...network.popContinents.keys()].filter(
          (pop) => network.popContinents[pop] === continent,
        ),
      })),
      addressing: 'fixed',
      choose: (region) => prefixOf[region]!,
    };
  },
});

function nearestPop({ network, distanceKm }: StrategyWorld, region: number): number {
  let nearest = 0;
  for (let pop = 1; pop < network.popCount; pop++) {
    if (distanceKm(region, pop) < distanceKm(region, nearest)) nearest = pop;
  }
  return nearest;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
