import { expect, it } from 'vitest';
import { edgeWorld, R1_SCALE } from '../../../bench/worlds/edge-world.ts';
import { createReusedTables, createSimulation, type Simulation } from '../../../sim/index.ts';
import { Tier } from '../../../sim/pop/fetches.ts';

const OBJECTS = 20_000;
const PER_SERVER = 400;
const SCALE = { ...R1_SCALE, popCount: 3, regionCount: 6, edgeObjects: PER_SERVER };
const WORLD = {
  ...edgeWorld(1e6, { ...SCALE, objectCount: OBJECTS }),
  time: { preRunNs: 1, cutNs: 0, durationNs: 1e6 },
};

it('is the same whether the replications of a world share tables or not', () => {
  const reused = createReusedTables();
  for (const replication of [0, 1, 2]) {
    const alone = createSimulation(WORLD, '1', replication);
    const sharing = createSimulation(WORLD, '1', replication, { reused });
    expect(sharing.run().fingerprint).toBe(alone.run().fingerprint);
    expect(contents(sharing)).toEqual(contents(alone));
  }
});

it('fills every cache to its capacity, the popular objects before the others', () => {
  const simulation = createSimulation(WORLD, '1', 0);
  simulation.run();
  const held = contents(simulation);
  // 3 × 8 edge caches and a shield as large as 8
  expect(held.length).toBe(3 * 8 + 1 + 1);
  const sizes = held.map((objects) => objects.length).filter((size) => size > 0);
  for (const size of sizes.slice(0, 24)) {
    // a binomial count with mean at the capacity, cut there: 5 standard deviations
    expect(size).toBeGreaterThan(PER_SERVER - 5 * Math.sqrt(PER_SERVER));
    expect(size).toBeLessThanOrEqual(PER_SERVER);
  }
  const popular = held.slice(0, 8).flat();
  const hottest = popular.filter((object) => object < 100).length;
  const coldest = popular.filter((object) => object >= OBJECTS - 100).length;
  expect(hottest).toBeGreaterThan(95);
  expect(coldest).toBeLessThan(20);
});

/** By cache: what it holds. */
function contents({ tables }: Simulation): number[][] {
  const { caches, pops } = tables;
  const held: number[][] = [];
  for (const tier of [Tier.Edge, Tier.Shield]) {
    for (let server = 0; server < pops.serverCount; server++) {
      const cache = caches.cache(tier, server);
      if (cache === undefined) continue;
      const objects = Array.from({ length: OBJECTS }, (_, object) => object);
      held.push(objects.filter((object) => cache.expiresNs(object) > -Infinity));
    }
  }
  return held;
}
