/**
 * A tiered AS graph of any size, without places: a clique of tier-1s, transits below them, stubs
 * below those. Who buys from whom follows preferential attachment (Barabási & Albert 1999), which
 * gives heavy-tailed customer counts; peerings join a seller to anybody below the tier-1s.
 * Customer links always point from a later AS to an earlier one, so there is no customer cycle.
 *
 * Against CAIDA's graph of December 2019, at its 67,026 ASes and three seeds: providers an AS 1.97
 * to 1.98 (1.98) and peerings an AS 4.50 (4.48) are those of the real one, as they are options;
 * what is not an option is off: 13.1 % of ASes have customers (15.2 %), the largest has 1,809 to
 * 2,654 (5,937), and 11 % of peerings join two sellers (52 %). So it is a load of the right size
 * for solvers, not a model of who reaches whom.
 */

import seedrandom from 'seedrandom';
import { buildAsGraph, type AsGraph } from './as-graph.ts';
import { Relation } from './attributes.ts';

export interface InternetOptions {
  readonly asCount: number;
  readonly seed: string;
  /** 12 or so in the real one. */
  readonly tier1Count?: number;
  /** Share of the rest that may sell transit; not all find customers (CAIDA 2019: 15.2 % have). */
  readonly transitRatio?: number;
  /** Mean number of providers of an AS; 1.98 in CAIDA's graph of December 2019. */
  readonly providersMean?: number;
  /** Peerings for each AS of the graph: 4.48 in CAIDA's, 52 % of them between two sellers. */
  readonly peeringRatio?: number;
}

/** Throws unless `asCount` is a whole number of at least `tier1Count`. AS i has number i + 1. */
export function generateInternet(options: InternetOptions): AsGraph {
  const { asCount, tier1Count = 12, transitRatio = 0.15 } = options;
  if (!Number.isInteger(asCount) || !(asCount >= tier1Count)) {
    throw new RangeError(`an internet has a whole number of ASes, at least ${tier1Count}`);
  }
  const random = seedrandom(`internet/${options.seed}`);
  const transitCount = Math.floor((asCount - tier1Count) * transitRatio);
  const links = new LinkDraft();
  for (let i = 0; i < tier1Count; i++) {
    for (let j = 0; j < i; j++) links.add(i, j, Relation.Peer);
  }
  addProviders(options, tier1Count, tier1Count + transitCount, links, random);
  const sellers = tier1Count + transitCount;
  const wanted = Math.floor(asCount * (options.peeringRatio ?? 4.5));
  // A dense graph has few pairs left to find, so the number of attempts is bounded too.
  for (let made = 0, tries = 0; made < wanted && tries < 4 * wanted; tries++) {
    const a = tier1Count + Math.floor(random() * (asCount - tier1Count));
    const b = tier1Count + Math.floor(random() * Math.max(sellers - tier1Count, 1));
    if (a < asCount && b < asCount && a !== b && links.add(a, b, Relation.Peer)) made++;
  }
  return buildAsGraph(links.columns());
}

/**
 * Each AS after the tier-1s buys from one or two earlier sellers, favouring those with customers.
 */
function addProviders(
  { asCount, providersMean = 1.98 }: InternetOptions,
  tier1Count: number,
  sellerCount: number,
  links: LinkDraft,
  random: () => number,
): void {
  // A seller is in the urn once for itself and once for each customer.
  const urn = Array.from({ length: tier1Count }, (_, i) => i);
  for (let as = tier1Count; as < asCount; as++) {
    const wanted =
      1 +
      (random() < (providersMean - 1) / 2 ? 1 : 0) +
      (random() < (providersMean - 1) / 2 ? 1 : 0);
    for (let i = 0; i < wanted; i++) {
      const provider = urn[Math.floor(random() * urn.length)]!;
      if (links.add(as, provider, Relation.Provider)) urn.push(provider);
    }
    if (as < sellerCount) urn.push(as);
  }
}

/** Distinct links between AS positions. */
class LinkDraft {
  private readonly near: number[] = [];
  private readonly far: number[] = [];
  private readonly relation: number[] = [];
  private readonly taken = new Set<number>();

  /** False if the two are linked already. */
  add(near: number, far: number, relation: Relation): boolean {
    // 2^26 ASes at most, so the product stays below 2^53 and is exact.
    const pair = Math.min(near, far) * 0x400_0000 + Math.max(near, far);
    if (this.taken.has(pair)) return false;
    this.taken.add(pair);
    this.near.push(near + 1);
    this.far.push(far + 1);
    this.relation.push(relation);
    return true;
  }

  columns() {
    return {
      count: this.near.length,
      nearAsn: Uint32Array.from(this.near),
      farAsn: Uint32Array.from(this.far),
      relation: Uint8Array.from(this.relation),
    };
  }
}
