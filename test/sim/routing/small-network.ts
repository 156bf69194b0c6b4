import { Relation, type Network } from '../../../topology/index.ts';

export interface SmallNetwork {
  /** Name → [latitude, longitude]. */
  readonly metros: Readonly<Record<string, readonly [number, number]>>;
  /** ASN → metro names. */
  readonly ases: Readonly<Record<number, readonly string[]>>;
  /** [a, b, 'p2c'] = a is provider of b. */
  readonly links: readonly (readonly [number, number, 'p2c' | 'p2p'])[];
  /** Sessions: ASN → what that AS is to the CDN. */
  readonly pops: Readonly<
    Record<
      string,
      { metro: string; continent: string; sessions: Readonly<Record<number, Relation>> }
    >
  >;
  readonly regions: Readonly<
    Record<string, { as: number; metro: string; continent: string; share: number }>
  >;
}

/** Columns of a network small enough to write down; AS index order = order of ASN. */
export function smallNetwork(small: SmallNetwork): Network {
  const metroNames = Object.keys(small.metros);
  const asns = Object.keys(small.ases).map(Number);
  const adjacency = asns.map((asn) => neighboursOf(small, asn, asns));
  const pops = Object.values(small.pops);
  const regions = Object.values(small.regions);
  const asMetros = asns.map((asn) =>
    small.ases[asn]!.map((name) => metroNames.indexOf(name)).sort((a, b) => a - b),
  );
  const sessions = pops.map((pop) => Object.entries(pop.sessions));
  const none = new Float64Array(0);
  return {
    metroCount: metroNames.length,
    metroNames,
    metroLatitude: Float64Array.from(Object.values(small.metros), ([latitude]) => latitude),
    metroLongitude: Float64Array.from(Object.values(small.metros), ([, longitude]) => longitude),
    asCount: asns.length,
    asNames: asns.map((asn) => `AS${asn}`),
    asn: Float64Array.from(asns),
    firstAsMetro: offsets(asMetros),
    asMetro: Uint32Array.from(asMetros.flat()),
    firstNeighbour: offsets(adjacency),
    neighbour: Uint32Array.from(adjacency.flat(), ({ as }) => as),
    neighbourRelation: Uint8Array.from(adjacency.flat(), ({ relation }) => relation),
    popCount: pops.length,
    popNames: Object.keys(small.pops),
    popMetro: Uint32Array.from(pops, (pop) => metroNames.indexOf(pop.metro)),
    popLatitude: Float64Array.from(pops, (pop) => small.metros[pop.metro]![0]),
    popLongitude: Float64Array.from(pops, (pop) => small.metros[pop.metro]![1]),
    popContinents: pops.map((pop) => pop.continent),
    firstSession: offsets(sessions),
    sessionAs: Uint32Array.from(sessions.flat(), ([asn]) => asns.indexOf(Number(asn))),
    sessionRelation: Uint8Array.from(sessions.flat(), ([, relation]) => relation),
    linkCount: 0,
    linkNames: [],
    linkPopA: new Uint32Array(0),
    linkPopB: new Uint32Array(0),
    linkLatencyNs: none,
    linkBandwidthBps: none,
    linkLossRatio: none,
    linkBufferNs: none,
    regionCount: regions.length,
    regionNames: Object.keys(small.regions),
    regionAs: Uint32Array.from(regions, (region) => asns.indexOf(region.as)),
    regionMetro: Uint32Array.from(regions, (region) => metroNames.indexOf(region.metro)),
    regionContinents: regions.map((region) => region.continent),
    regionPopulationShare: Float64Array.from(regions, (region) => region.share),
    regionUtcOffsetHours: new Float64Array(regions.length),
    regionAccessRttNs: new Float64Array(regions.length),
  };
}

function neighboursOf(small: SmallNetwork, asn: number, asns: readonly number[]) {
  const found: { as: number; relation: Relation }[] = [];
  for (const [a, b, kind] of small.links) {
    if (a === asn) {
      const relation = kind === 'p2p' ? Relation.Peer : Relation.Customer;
      found.push({ as: asns.indexOf(b), relation });
    }
    if (b === asn) {
      const relation = kind === 'p2p' ? Relation.Peer : Relation.Provider;
      found.push({ as: asns.indexOf(a), relation });
    }
  }
  return found.sort((x, y) => x.as - y.as);
}

function offsets(rows: readonly (readonly unknown[])[]): Uint32Array {
  const first = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => (first[i + 1] = first[i]! + row.length));
  return first;
}
