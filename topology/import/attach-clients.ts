/**
 * Gives an imported backbone somebody to serve: one access AS in all its metros that buys nothing
 * and is sold transit by the CDN's only neighbour, a carrier present everywhere.
 *
 *     region ── access AS ──(customer of)── carrier ──session── every POP
 *
 * So each region reaches the nearest POP that announces, by the carrier's shortest way; there is no
 * routing detour in such a world, and a failed POP's clients go to the next nearest.
 */

import { ACCESS_RTT_NS } from '../access.ts';
import { Relation, type AccessTechnology } from '../attributes.ts';
import { addLink, nodesOfKind, type NetworkGraph } from '../network-graph.ts';

/** Private AS numbers (RFC 6996): the two are nobody in particular. */
const CARRIER_ASN = 64512;
const ACCESS_ASN = 64513;

/** Adds the two ASes, a transit session a POP, and a region a POP, all of equal share. */
export function attachClients(graph: NetworkGraph, access: AccessTechnology = 'fibre'): void {
  const metros = nodesOfKind(graph, 'metro').map(([key]) => key);
  const pops = nodesOfKind(graph, 'pop');
  const carrier = `as/${CARRIER_ASN}`;
  const clients = `as/${ACCESS_ASN}`;
  graph.addNode(carrier, {
    kind: 'as',
    asn: CARRIER_ASN,
    name: 'carrier',
    tier: 'transit',
    metros,
  });
  graph.addNode(clients, {
    kind: 'as',
    asn: ACCESS_ASN,
    name: 'access',
    tier: 'eyeball',
    metros,
  });
  addLink(graph, clients, carrier, { kind: 'inter-as', relation: Relation.Provider });
  for (const [key, { name, metro, continent, country }] of pops) {
    addLink(graph, key, carrier, { kind: 'session', relation: Relation.Provider });
    graph.addNode(`region/${name}`, {
      kind: 'region',
      name,
      metro,
      as: clients,
      continent,
      country,
      populationShare: 1 / pops.length,
      access,
      accessRttNs: ACCESS_RTT_NS[access],
    });
  }
}
