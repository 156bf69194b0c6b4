import type { AsGraph } from '../as-graph.ts';
import { Relation } from '../attributes.ts';

/**
 * The given ASes, their providers, the providers of these, and so on up.
 *
 * Every valley-free path (Gao & Rexford 2001) between two of the given ASes climbs from one of them
 * by providers, crosses one peering at most, and descends to the other by customers, which climbs
 * seen from there. So all its ASes are in this set: what is left out cannot carry their traffic.
 */
export function providerClosure(graph: AsGraph, asns: Iterable<number>): ReadonlySet<number> {
  const indexOf = new Map<number, number>();
  graph.asn.forEach((asn, as) => indexOf.set(asn, as));
  const found = new Set<number>();
  for (const asn of asns) {
    const as = indexOf.get(asn);
    if (as !== undefined) found.add(as);
  }
  // A set is walked in the order of insertion, what is added on the way included.
  for (const as of found) {
    for (let slot = graph.firstNeighbour[as]!; slot < graph.firstNeighbour[as + 1]!; slot++) {
      if (graph.neighbourRelation[slot] === Relation.Provider) found.add(graph.neighbour[slot]!);
    }
  }
  return found;
}
