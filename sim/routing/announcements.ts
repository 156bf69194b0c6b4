import { Relation, type Network } from '../../topology/index.ts';
import type { GroupedAsGraph } from './grouped-as-graph.ts';

/** How an AS learned its best route; a lower value is preferred (Gao & Rexford 2001). */
export const RouteClass = { Own: 0, Customer: 1, Peer: 2, Provider: 3, None: 4 } as const;
export type RouteClass = (typeof RouteClass)[keyof typeof RouteClass];

/**
 * Who hears a prefix first hand: one entry a BGP session between an origin (a POP of the CDN, or
 * an AS) and a neighbour of it. Leaving a neighbour out, or prepending only to it, is thus natural.
 */
export interface Announcements {
  readonly count: number;
  /** The AS that hears it. */
  readonly as: Uint32Array;
  /** What the origin is to that AS, as a class of route: `Customer`, `Peer` or `Provider`. */
  readonly routeClass: Uint8Array;
  /** AS-path length as heard: 1 + prepends. 0 = not announced now. */
  readonly length: Uint16Array;
  /** POP, or number of the origin, whose host a packet reaches over this session. */
  readonly site: Uint32Array;
  /** ASes that originate the prefix themselves and therefore never import it. */
  readonly owners: readonly number[];
}

/** Class of the route that an AS learns from an origin to which it is `relation`. */
export function classLearnedFrom(relation: Relation): RouteClass {
  if (relation === Relation.Provider) return RouteClass.Customer;
  return relation === Relation.Peer ? RouteClass.Peer : RouteClass.Provider;
}

/** An AS that originates the prefix and tells all its neighbours but the silent ones. */
export interface AsOrigin {
  readonly as: number;
  /** Extra copies of its ASN towards these neighbours. */
  readonly prependTo?: ReadonlyMap<number, number>;
  readonly silentTo?: ReadonlySet<number>;
}

/** Announcements of one prefix by ASes of the graph; site i is `origins[i]`. */
export function announceFromAses(
  graph: GroupedAsGraph,
  origins: readonly AsOrigin[],
): Announcements {
  const rows: { as: number; routeClass: RouteClass; length: number; site: number }[] = [];
  origins.forEach((origin, site) => {
    for (let link = graph.first[origin.as]!; link < graph.first[origin.as + 1]!; link++) {
      const as = graph.neighbour[link]!;
      if (origin.silentTo?.has(as)) continue;
      const routeClass = classLearnedFrom(relationAt(graph, origin.as, link));
      rows.push({ as, routeClass, length: 1 + (origin.prependTo?.get(as) ?? 0), site });
    }
  });
  return {
    count: rows.length,
    as: Uint32Array.from(rows, (row) => row.as),
    routeClass: Uint8Array.from(rows, (row) => row.routeClass),
    length: Uint16Array.from(rows, (row) => row.length),
    site: Uint32Array.from(rows, (row) => row.site),
    owners: origins.map((origin) => origin.as),
  };
}

function relationAt(graph: GroupedAsGraph, as: number, link: number): Relation {
  if (link < graph.firstPeer[as]!) return Relation.Customer;
  return link < graph.firstProvider[as]! ? Relation.Peer : Relation.Provider;
}

/** What every session of the network hears from its POP: `lengthOf` says how long, 0 = nothing. */
export function announceOnSessions(
  network: Network,
  lengthOf: (session: number, pop: number) => number,
): Announcements {
  const count = network.sessionAs.length;
  const site = new Uint32Array(count);
  for (let pop = 0; pop < network.popCount; pop++) {
    site.fill(pop, network.firstSession[pop], network.firstSession[pop + 1]);
  }
  return {
    count,
    as: network.sessionAs,
    routeClass: Uint8Array.from(network.sessionRelation, (relation) =>
      classLearnedFrom(relation as Relation),
    ),
    length: Uint16Array.from(site, (pop, session) => lengthOf(session, pop)),
    site,
    owners: [],
  };
}
