/**
 * A whole-Internet AS graph as columns, for the sizes at which a graph of objects is too slow: the
 * same compressed rows as in `Network`, without places.
 */

import { Relation } from './attributes.ts';

export interface AsGraph {
  readonly asCount: number;
  /** AS number by index, ascending. */
  readonly asn: Float64Array;
  /** Neighbours of AS a: entries firstNeighbour[a] … firstNeighbour[a + 1], ascending by ASN. */
  readonly firstNeighbour: Uint32Array;
  readonly neighbour: Uint32Array;
  /** What each neighbour is to a (`Relation`). */
  readonly neighbourRelation: Uint8Array;
}

/** Links as columns, each once: `relation` is what `far` is to `near`. */
export interface AsLinks {
  readonly count: number;
  readonly nearAsn: Uint32Array;
  readonly farAsn: Uint32Array;
  readonly relation: Uint8Array;
}

/**
 * Builds the graph. Links must be distinct; O(links + ASes · log ASes): ASNs are sorted once and
 * rows come out ordered because they are filled in the order of the far end (two counting sorts).
 */
export function buildAsGraph(links: AsLinks): AsGraph {
  const asns = distinctAsns(links);
  const asCount = asns.length;
  const { near, far } = indexEnds(links, asns);
  const firstNeighbour = new Uint32Array(asCount + 1);
  for (let i = 0; i < links.count; i++) {
    firstNeighbour[near[i]! + 1]!++;
    firstNeighbour[far[i]! + 1]!++;
  }
  for (let as = 0; as < asCount; as++) firstNeighbour[as + 1]! += firstNeighbour[as]!;
  // First the rows of the far end in any order, then a transposition, which orders them.
  const unordered = new Uint32Array(2 * links.count);
  const unorderedRelation = new Uint8Array(2 * links.count);
  const write = firstNeighbour.slice();
  const put = (owner: number, other: number, relation: number): void => {
    const slot = write[owner]!++;
    unordered[slot] = other;
    unorderedRelation[slot] = relation;
  };
  for (let i = 0; i < links.count; i++) {
    put(near[i]!, far[i]!, links.relation[i]!);
    put(far[i]!, near[i]!, reverseRelation(links.relation[i]!));
  }
  const neighbour = new Uint32Array(2 * links.count);
  const neighbourRelation = new Uint8Array(2 * links.count);
  write.set(firstNeighbour);
  for (let owner = 0; owner < asCount; owner++) {
    for (let slot = firstNeighbour[owner]!; slot < firstNeighbour[owner + 1]!; slot++) {
      const target = write[unordered[slot]!]!++;
      neighbour[target] = owner;
      neighbourRelation[target] = reverseRelation(unorderedRelation[slot]!);
    }
  }
  return { asCount, asn: Float64Array.from(asns), firstNeighbour, neighbour, neighbourRelation };
}

/** What the near end of a link is to its far end, given what the far end is to the near. */
export function reverseRelation(relation: number): Relation {
  if (relation === Relation.Peer) return Relation.Peer;
  return relation === Relation.Customer ? Relation.Provider : Relation.Customer;
}

function distinctAsns({ count, nearAsn, farAsn }: AsLinks): Uint32Array {
  const all = new Uint32Array(2 * count);
  all.set(nearAsn.subarray(0, count));
  all.set(farAsn.subarray(0, count), count);
  all.sort();
  let size = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[size++] = all[i]!;
  return all.slice(0, size);
}

function indexEnds(
  { count, nearAsn, farAsn }: AsLinks,
  asns: Uint32Array,
): { readonly near: Uint32Array; readonly far: Uint32Array } {
  const indexOf = new Map<number, number>();
  asns.forEach((asn, index) => indexOf.set(asn, index));
  const near = new Uint32Array(count);
  const far = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    near[i] = indexOf.get(nearAsn[i]!)!;
    far[i] = indexOf.get(farAsn[i]!)!;
  }
  return { near, far };
}
