import type { Simulation } from '../../sim/index.ts';
import { mix32 } from '../../sim/kernel/mix.ts';
import { Tier } from '../../sim/pop/fetches.ts';

/**
 * Fills the caches of an edge world as `peers/edge.md` says: each with the most popular objects
 * that belong to it, stored in order of popularity. An object's number is its rank.
 */
export function fillCaches({ tables }: Simulation): void {
  const { pops, caches, world, catalogue } = tables;
  const [edge, shield] = [world.cache!.edge!, world.cache!.shield!];
  for (let pop = 0; pop < pops.count; pop++) {
    const isShield = shield.pops.includes(pops.names[pop]!);
    const tier = isShield ? Tier.Shield : Tier.Edge;
    const capacity = isShield ? shield.capacityObjects : edge.capacityObjects;
    const stored = new Int32Array(pops.serverCount);
    let fullCount = 0;
    for (let object = 0; object < catalogue.objectCount; object++) {
      const server = pops.pick(pop, pop, mix32(object) >>> 0, 0);
      if (stored[server]! === capacity) continue;
      caches.store(tier, server, object, catalogue.sizeBytes(0, object), Infinity);
      if (++stored[server]! === capacity && ++fullCount === pops.serverCountOf(pop)) break;
    }
  }
}
