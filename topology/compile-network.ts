/**
 * From the graph that people handle to the columns that the simulation reads.
 *
 * Order is a function of the content alone: nodes of a kind by key, ASes by number, sessions by AS,
 * backbone links by name; so two graphs with equal content compile to equal columns, in whatever
 * order they were built.
 */

import { reverseRelation } from './as-graph.ts';
import { checkNetwork } from './check-network.ts';
import type { Network } from './network.ts';
import {
  networkGraphFrom,
  nodesOfKind,
  type NetworkGraph,
  type SerializedNetwork,
} from './network-graph.ts';

/**
 * Compiles a graph that `checkNetwork` finds no problem with. Throws on one that has problems: bad
 * input is to be reported before, so this is a bug of the caller.
 */
export function compileNetwork(source: NetworkGraph | SerializedNetwork): Network {
  const graph = isSerialized(source) ? networkGraphFrom(source) : source;
  const problems = checkNetwork(graph);
  if (problems.length > 0) {
    const { subject, message } = problems[0]!;
    throw new Error(`network has ${problems.length} problems; the first: ${subject}: ${message}`);
  }
  const metros = nodesOfKind(graph, 'metro');
  const indexOfMetro = indexByKey(metros);
  const ases = [...nodesOfKind(graph, 'as')].sort(([, a], [, b]) => a.asn - b.asn);
  const indexOfAs = indexByKey(ases);
  const pops = nodesOfKind(graph, 'pop');
  const indexOfPop = indexByKey(pops);
  const presence = packRows(
    ases.map(([, as]) => as.metros.map((metro) => [indexOfMetro.get(metro)!, 0] as const)),
  );
  const neighbours = packRows(neighbourRows(graph, indexOfAs));
  const sessions = packRows(sessionRows(graph, indexOfPop, indexOfAs));
  return {
    metroCount: metros.length,
    metroNames: metros.map(([, metro]) => metro.name),
    metroLatitude: Float64Array.from(metros, ([, metro]) => metro.latitude),
    metroLongitude: Float64Array.from(metros, ([, metro]) => metro.longitude),

    asCount: ases.length,
    asNames: ases.map(([, as]) => as.name),
    asn: Float64Array.from(ases, ([, as]) => as.asn),
    firstAsMetro: presence.first,
    asMetro: presence.entry,
    firstNeighbour: neighbours.first,
    neighbour: neighbours.entry,
    neighbourRelation: neighbours.relation,

    popCount: pops.length,
    popNames: pops.map(([, pop]) => pop.name),
    popMetro: Uint32Array.from(pops, ([, pop]) => indexOfMetro.get(pop.metro)!),
    popLatitude: Float64Array.from(pops, ([, pop]) => pop.latitude),
    popLongitude: Float64Array.from(pops, ([, pop]) => pop.longitude),
    popContinents: pops.map(([, pop]) => pop.continent),
    firstSession: sessions.first,
    sessionAs: sessions.entry,
    sessionRelation: sessions.relation,

    ...backboneColumns(graph, indexOfPop),
    ...regionColumns(graph, indexOfMetro, indexOfAs),
  };
}

/** In a graph object `nodes` is a method. */
function isSerialized(source: NetworkGraph | SerializedNetwork): source is SerializedNetwork {
  return Array.isArray(source.nodes);
}

function indexByKey(nodes: readonly (readonly [string, unknown])[]): ReadonlyMap<string, number> {
  return new Map(nodes.map(([key], index) => [key, index]));
}

/** Adjacency as one row of (index, relation) an owner. */
type Rows = (readonly [index: number, relation: number])[][];

interface PackedRows {
  readonly first: Uint32Array;
  readonly entry: Uint32Array;
  readonly relation: Uint8Array;
}

/** Rows to CSR columns, each row ascending by index. */
function packRows(rows: Rows): PackedRows {
  const first = new Uint32Array(rows.length + 1);
  rows.forEach((row, owner) => (first[owner + 1] = first[owner]! + row.length));
  const ordered = rows.flatMap((row) => [...row].sort((a, b) => a[0] - b[0]));
  return {
    first,
    entry: Uint32Array.from(ordered, ([index]) => index),
    relation: Uint8Array.from(ordered, ([, relation]) => relation),
  };
}

function neighbourRows(graph: NetworkGraph, indexOfAs: ReadonlyMap<string, number>): Rows {
  const rows: Rows = Array.from({ length: indexOfAs.size }, () => []);
  graph.forEachEdge((_, link, source, target) => {
    if (link.kind !== 'inter-as') return;
    const [near, far] = [indexOfAs.get(source)!, indexOfAs.get(target)!];
    rows[near]!.push([far, link.relation]);
    rows[far]!.push([near, reverseRelation(link.relation)]);
  });
  return rows;
}

function sessionRows(
  graph: NetworkGraph,
  indexOfPop: ReadonlyMap<string, number>,
  indexOfAs: ReadonlyMap<string, number>,
): Rows {
  const rows: Rows = Array.from({ length: indexOfPop.size }, () => []);
  graph.forEachEdge((_, link, source, target) => {
    if (link.kind !== 'session') return;
    const pop = indexOfPop.get(source) ?? indexOfPop.get(target)!;
    const as = indexOfAs.get(source) ?? indexOfAs.get(target)!;
    rows[pop]!.push([as, link.relation]);
  });
  return rows;
}

function backboneColumns(graph: NetworkGraph, indexOfPop: ReadonlyMap<string, number>) {
  const links = graph
    .mapEdges((_, link, source, target) => ({ link, source, target }))
    .flatMap(({ link, source, target }) =>
      link.kind === 'backbone'
        ? [{ ...link, a: indexOfPop.get(source)!, b: indexOfPop.get(target)! }]
        : [],
    )
    .sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
  return {
    linkCount: links.length,
    linkNames: links.map((link) => link.name),
    linkPopA: Uint32Array.from(links, (link) => link.a),
    linkPopB: Uint32Array.from(links, (link) => link.b),
    linkLatencyNs: Float64Array.from(links, (link) => link.latencyNs),
    linkBandwidthBps: Float64Array.from(links, (link) => link.bandwidthBps),
    linkLossRatio: Float64Array.from(links, (link) => link.lossRatio),
    linkBufferNs: Float64Array.from(links, (link) => link.bufferNs),
  };
}

function regionColumns(
  graph: NetworkGraph,
  indexOfMetro: ReadonlyMap<string, number>,
  indexOfAs: ReadonlyMap<string, number>,
) {
  const regions = nodesOfKind(graph, 'region').map(([, region]) => region);
  const utcOffsets = new Map(
    nodesOfKind(graph, 'metro').map(([key, m]) => [key, m.utcOffsetHours]),
  );
  return {
    regionCount: regions.length,
    regionNames: regions.map((region) => region.name),
    regionAs: Uint32Array.from(regions, (region) => indexOfAs.get(region.as)!),
    regionMetro: Uint32Array.from(regions, (region) => indexOfMetro.get(region.metro)!),
    regionContinents: regions.map((region) => region.continent),
    regionPopulationShare: Float64Array.from(regions, (region) => region.populationShare),
    regionUtcOffsetHours: Float64Array.from(regions, (region) => utcOffsets.get(region.metro)!),
    regionAccessRttNs: Float64Array.from(regions, (region) => region.accessRttNs),
  };
}
