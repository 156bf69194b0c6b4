/**
 * A map of the world around an AS graph that has no places: clients and carriers stand where the
 * caller says. An AS of unknown places is wherever the packet meets it, so it adds a hand-off to
 * the way and no distance: see `HandOffs` in the simulator.
 */

import { ACCESS_RTT_NS } from '../access.ts';
import type { AsGraph } from '../as-graph.ts';
import { Relation, type AccessTechnology, type MetroAttributes } from '../attributes.ts';
import { greatCircleKm } from '../geo.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import { metroTable } from '../worlds/metro-table.ts';
import { providerClosure } from './provider-closure.ts';

export interface PlacedRegion {
  readonly name: string;
  readonly asn: number;
  /** Code of a metro, or latitude and longitude, which stand for the nearest metro. */
  readonly at: string | readonly [latitude: number, longitude: number];
  /** Relative number of clients. */
  readonly weight: number;
  readonly access: AccessTechnology;
}

export interface AsPlaces {
  readonly regions: readonly PlacedRegion[];
  /** AS number → codes of the metros where it is. */
  readonly ases: ReadonlyMap<number, readonly string[]>;
  /** ASes that POPs will have sessions with. */
  readonly transits: readonly number[];
}

/** Code of the metro that a place stands for; null where no metro has the code. */
export function metroAt(at: PlacedRegion['at']): MetroAttributes | null {
  const table = metroTable();
  if (typeof at === 'string') return table.find(({ name }) => name === at) ?? null;
  const km = ({ latitude, longitude }: MetroAttributes) =>
    greatCircleKm(at[0], at[1], latitude, longitude);
  return table.reduce((a, b) => (km(b) < km(a) ? b : a));
}

/**
 * Metros, ASes on any path between regions and transits, and regions; no POPs yet. Throws for a
 * code or an AS that is not there: the caller has checked.
 */
export function placeAsGraph(graph: AsGraph, places: AsPlaces): NetworkGraph {
  const network = createNetworkGraph();
  for (const metro of metroTable()) network.addNode(`metro/${metro.name}`, metro);
  addAses(network, graph, places);
  const total = places.regions.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, asn, at, weight, access } of places.regions) {
    const metro = metroAt(at);
    if (metro === null) throw new Error(`no metro ${String(at)}`);
    network.addNode(`region/${name}`, {
      kind: 'region',
      name,
      metro: `metro/${metro.name}`,
      as: `as/${asn}`,
      continent: metro.continent,
      country: metro.country,
      populationShare: weight / total,
      access,
      accessRttNs: ACCESS_RTT_NS[access],
    });
  }
  return network;
}

function addAses(network: NetworkGraph, graph: AsGraph, places: AsPlaces): void {
  const eyeballs = new Map<number, Set<string>>();
  for (const { asn, at } of places.regions) {
    const metros = eyeballs.get(asn) ?? new Set();
    eyeballs.set(asn, metros.add(metroAt(at)?.name ?? ''));
  }
  const ends = [...eyeballs.keys(), ...places.transits];
  const kept = [...providerClosure(graph, ends)].sort((a, b) => a - b);
  for (const as of kept) {
    const asn = graph.asn[as]!;
    const codes = new Set([...(places.ases.get(asn) ?? []), ...(eyeballs.get(asn) ?? [])]);
    network.addNode(`as/${asn}`, {
      kind: 'as',
      asn,
      name: `AS${asn}`,
      tier: eyeballs.has(asn) ? 'eyeball' : hasProvider(graph, as) ? 'transit' : 'tier-1',
      metros: [...codes].sort().map((code) => `metro/${code}`),
    });
  }
  const isKept = new Set(kept);
  for (const as of kept) {
    for (let slot = graph.firstNeighbour[as]!; slot < graph.firstNeighbour[as + 1]!; slot++) {
      const other = graph.neighbour[slot]!;
      if (other < as || !isKept.has(other)) continue;
      addLink(network, `as/${graph.asn[as]}`, `as/${graph.asn[other]}`, {
        kind: 'inter-as',
        relation: graph.neighbourRelation[slot] as Relation,
      });
    }
  }
}

function hasProvider(graph: AsGraph, as: number): boolean {
  const row = graph.neighbourRelation.subarray(
    graph.firstNeighbour[as],
    graph.firstNeighbour[as + 1],
  );
  return row.includes(Relation.Provider);
}
