/**
 * Backbone routes of a world with too many POPs to draw by hand: on each continent the shortest
 * tree plus each POP's nearest neighbours, so that one cut leaves nobody apart; between continents
 * the routes given, which follow real cable systems.
 */

import type { MetroMap } from './metro-map.ts';

/** Neighbours on its continent that each POP is joined to, whatever the tree says. */
const NEAREST = 2;

/** Link names as `fra-ams`, ends in alphabetical order but for those in `given`. */
export function backboneByRule(
  pops: readonly string[],
  given: readonly string[],
  map: MetroMap,
): readonly string[] {
  const names = new Set(given);
  const isGiven = (a: string, b: string): boolean =>
    names.has(`${a}-${b}`) || names.has(`${b}-${a}`);
  const continents = new Set(pops.map((pop) => map.metro(pop).continent));
  for (const continent of [...continents].sort()) {
    const members = pops.filter((pop) => map.metro(pop).continent === continent).sort();
    for (const [a, b] of [...shortestTree(members, map), ...nearestPairs(members, map)]) {
      if (!isGiven(a, b)) names.add(a < b ? `${a}-${b}` : `${b}-${a}`);
    }
  }
  return [...names];
}

/** Minimum spanning tree (Prim 1957); ties by order in the list. */
function shortestTree(pops: readonly string[], map: MetroMap): [string, string][] {
  const inside = pops.slice(0, 1);
  const outside = pops.slice(1);
  const tree: [string, string][] = [];
  while (outside.length > 0) {
    const links = outside.map((pop) => {
      const nearest = map.nearest(pop, inside);
      return { pop, nearest, km: map.km(pop, nearest) };
    });
    const { pop, nearest } = links.reduce((a, b) => (b.km < a.km ? b : a));
    tree.push([nearest, pop]);
    inside.push(pop);
    outside.splice(outside.indexOf(pop), 1);
  }
  return tree;
}

function nearestPairs(pops: readonly string[], map: MetroMap): [string, string][] {
  return pops.flatMap((pop) =>
    pops
      .filter((other) => other !== pop)
      .map((other) => ({ other, km: map.km(pop, other) }))
      .sort((a, b) => a.km - b.km)
      .slice(0, NEAREST)
      .map(({ other }): [string, string] => [pop, other]),
  );
}
