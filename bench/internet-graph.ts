import { Relation } from '../topology/index.ts';

/**
 * A seeded AS graph of the Internet's size and shape, for timing only: 15 tier-1s in a full mesh,
 * transit ASes that buy from larger ones with preference for those that have many customers,
 * stubs, and peerings that are dense among the larger. CAIDA's of December 2019 has 67,026 ASes,
 * 132,428 customer links and 299,983 peerings; this has about as many per AS.
 */
export interface InternetGraph {
  readonly asCount: number;
  readonly asn: Float64Array;
  readonly firstNeighbour: Uint32Array;
  readonly neighbour: Uint32Array;
  readonly neighbourRelation: Uint8Array;
}

export const TIER_1_COUNT = 15;

export function internetGraph(asCount: number, random: () => number): InternetGraph {
  const transitCount = Math.round(asCount * 0.13);
  const links = new Map<number, Relation>(); // near × asCount + far, near < far → what far is
  const add = (a: number, b: number, bToA: Relation) => {
    const [near, far] = a < b ? [a, b] : [b, a];
    if (near === far || links.has(near * asCount + far)) return;
    const flipped = bToA === Relation.Peer ? bToA : ((2 - bToA) as Relation);
    links.set(near * asCount + far, a < b ? bToA : flipped);
  };
  for (let a = 0; a < TIER_1_COUNT; a++) {
    for (let b = a + 1; b < TIER_1_COUNT; b++) add(a, b, Relation.Peer);
  }
  // Drawing an end of an earlier purchase prefers providers by their number of customers.
  const sold: number[] = Array.from({ length: TIER_1_COUNT }, (_, as) => as);
  for (let as = TIER_1_COUNT; as < asCount; as++) {
    const providerCount = 1 + Math.floor(random() * 3);
    for (let i = 0; i < providerCount; i++) {
      const provider = sold[Math.floor(random() * sold.length)]!;
      if (provider >= as) continue;
      add(as, provider, Relation.Provider);
      sold.push(provider);
    }
    if (as < transitCount) sold.push(as);
  }
  const peeringCount = Math.round(asCount * 4.5);
  for (let i = 0; i < peeringCount; i++) {
    // Squares crowd towards low indices: large ASes peer more.
    const a = TIER_1_COUNT + Math.floor(random() ** 3 * (asCount - TIER_1_COUNT));
    const b = TIER_1_COUNT + Math.floor(random() ** 3 * (asCount - TIER_1_COUNT));
    add(a, b, Relation.Peer);
  }
  return columns(asCount, links);
}

function columns(asCount: number, links: ReadonlyMap<number, Relation>): InternetGraph {
  const firstNeighbour = new Uint32Array(asCount + 1);
  for (const key of links.keys()) {
    firstNeighbour[Math.floor(key / asCount) + 1]! += 1;
    firstNeighbour[(key % asCount) + 1]! += 1;
  }
  for (let as = 0; as < asCount; as++) firstNeighbour[as + 1]! += firstNeighbour[as]!;
  const neighbour = new Uint32Array(firstNeighbour[asCount]!);
  const neighbourRelation = new Uint8Array(firstNeighbour[asCount]!);
  const write = firstNeighbour.slice();
  const sorted = Float64Array.from(links.keys()).sort();
  // Two passes, so that rows ascend: the far ends below an AS come before those above it.
  for (const key of sorted) {
    const far = key % asCount;
    neighbour[write[far]!] = Math.floor(key / asCount);
    neighbourRelation[write[far]!++] = (2 - links.get(key)!) as Relation;
  }
  for (const key of sorted) {
    const near = Math.floor(key / asCount);
    neighbour[write[near]!] = key % asCount;
    neighbourRelation[write[near]!++] = links.get(key)!;
  }
  const asn = Float64Array.from({ length: asCount }, (_, as) => as + 1);
  return { asCount, asn, firstNeighbour, neighbour, neighbourRelation };
}
