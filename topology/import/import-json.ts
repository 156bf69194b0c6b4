/**
 * Reads a map from plain JSON of our own shape. All lists but `metros` may be absent.
 *
 *     {
 *       "metros":   [{ "name": "fra", "latitude": 50.12, "longitude": 8.68,
 *                      "country": "DE", "continent": "europe" }],
 *       "ases":     [{ "asn": 1299, "metros": ["fra"], "tier": "tier-1" }],
 *       "links":    [{ "provider": 1299, "customer": 64500 }, { "peers": [1299, 3356] }],
 *       "ixps":     [{ "name": "de-cix", "metro": "fra" }],
 *       "pops":     [{ "name": "fra", "metro": "fra" }],
 *       "sessions": [{ "pop": "fra", "asn": 1299, "relation": "provider", "ixp": "de-cix" }],
 *       "backbone": [{ "between": ["fra", "ams"], "latencyMs": 3.4, "bandwidth": "800Gbps" }],
 *       "regions":  [{ "name": "de-fra", "metro": "fra", "asn": 64500, "share": 1,
 *                      "access": "fibre" }]
 *     }
 *
 * Shares are relative. A backbone link without latency has that of cable over the great circle.
 */

import { ACCESS_RTT_NS } from '../access.ts';
import { Relation, type MetroAttributes } from '../attributes.ts';
import { checkNetwork } from '../check-network.ts';
import { greatCircleKm, propagationNs } from '../geo.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import type { Imported } from './imported.ts';
import { jsonShape, type JsonMap } from './json-shape.ts';

const RELATIONS = {
  provider: Relation.Provider,
  peer: Relation.Peer,
  customer: Relation.Customer,
} as const;

/** The message names the path of every problem, such as `pops.0.metro`. */
export function importJson(text: string): Imported<NetworkGraph> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return refuse(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const decoded = jsonShape.safeParse(document);
  if (!decoded.success) {
    const issues = decoded.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return refuse(issues.join('\n'));
  }
  const missing = missingEnds(decoded.data);
  if (missing.length > 0) return refuse(missing.join('\n'));
  const graph = createNetworkGraph();
  try {
    addNodes(graph, decoded.data);
    addLinks(graph, decoded.data);
  } catch (error) {
    // graphology refuses a node or a link that is there already, and names it.
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const problems = checkNetwork(graph).map(({ subject, message }) => `${subject}: ${message}`);
  return problems.length === 0 ? { ok: true, value: graph } : refuse(problems.join('\n'));
}

function refuse(message: string): Imported<NetworkGraph> {
  return { ok: false, line: 0, message };
}

/** Names that the document uses without defining them. */
function missingEnds({
  metros,
  ases,
  pops,
  links,
  sessions,
  backbone,
  regions,
}: JsonMap): string[] {
  const missing: string[] = [];
  const known = {
    metro: new Set<string | number>(metros.map((metro) => metro.name)),
    pop: new Set<string | number>(pops.map((pop) => pop.name)),
    AS: new Set<string | number>(ases.map((as) => as.asn)),
  };
  const need = (kind: keyof typeof known, id: string | number, path: string): void => {
    if (!known[kind].has(id)) missing.push(`${path}: there is no ${kind} ${id}`);
  };
  pops.forEach((pop, i) => need('metro', pop.metro, `pops.${i}.metro`));
  links.forEach((link, i) => {
    const ends = 'peers' in link ? link.peers : [link.provider, link.customer];
    for (const end of ends) need('AS', end, `links.${i}`);
  });
  sessions.forEach((session, i) => {
    need('pop', session.pop, `sessions.${i}.pop`);
    need('AS', session.asn, `sessions.${i}.asn`);
  });
  backbone.forEach((link, i) => {
    for (const end of link.between) need('pop', end, `backbone.${i}.between`);
  });
  regions.forEach((region, i) => {
    need('metro', region.metro, `regions.${i}.metro`);
    need('AS', region.asn, `regions.${i}.asn`);
  });
  return missing;
}

function addNodes(graph: NetworkGraph, document: JsonMap): void {
  const metros = new Map<string, MetroAttributes>();
  for (const metro of document.metros) {
    const utcOffsetHours = Math.round(metro.longitude / 1.5) / 10;
    const attributes = {
      kind: 'metro',
      ...metro,
      city: metro.city ?? metro.name,
      utcOffsetHours,
    } as const;
    metros.set(metro.name, attributes);
    graph.addNode(`metro/${metro.name}`, attributes);
  }
  for (const { asn, name, tier, metros } of document.ases) {
    const keys = metros.map((metro) => `metro/${metro}`);
    graph.addNode(`as/${asn}`, { kind: 'as', asn, name: name ?? `AS${asn}`, tier, metros: keys });
  }
  for (const { name, metro } of document.ixps) {
    graph.addNode(`ixp/${name}`, { kind: 'ixp', name, metro: `metro/${metro}` });
  }
  for (const { name, metro } of document.pops) {
    const { latitude, longitude, continent, country } = metros.get(metro)!;
    const place = { metro: `metro/${metro}`, latitude, longitude, continent, country };
    graph.addNode(`pop/${name}`, { kind: 'pop', name, ...place });
  }
  const total = document.regions.reduce((sum, region) => sum + region.share, 0);
  for (const { name, metro, asn, share, access } of document.regions) {
    const { continent, country } = metros.get(metro)!;
    graph.addNode(`region/${name}`, {
      kind: 'region',
      name,
      metro: `metro/${metro}`,
      as: `as/${asn}`,
      continent,
      country,
      populationShare: share / total,
      access,
      accessRttNs: ACCESS_RTT_NS[access],
    });
  }
}

function addLinks(graph: NetworkGraph, document: JsonMap): void {
  for (const link of document.links) {
    const isPeering = 'peers' in link;
    const [near, far] = isPeering ? link.peers : [link.customer, link.provider];
    const relation = isPeering ? Relation.Peer : Relation.Provider;
    addLink(graph, `as/${near}`, `as/${far}`, { kind: 'inter-as', relation });
  }
  for (const { pop, asn, relation, ixp } of document.sessions) {
    addLink(graph, `pop/${pop}`, `as/${asn}`, {
      kind: 'session',
      relation: RELATIONS[relation],
      ...(ixp === undefined ? {} : { ixp: `ixp/${ixp}` }),
    });
  }
  for (const { between, name, latencyMs, bandwidth, loss, bufferMs } of document.backbone) {
    const [a, b] = between;
    addLink(graph, `pop/${a}`, `pop/${b}`, {
      kind: 'backbone',
      name: name ?? `${a}-${b}`,
      latencyNs: latencyMs === undefined ? cableNs(graph, a, b) : Math.round(latencyMs * 1e6),
      bandwidthBps: bandwidth,
      lossRatio: loss,
      bufferNs: Math.round(bufferMs * 1e6),
    });
  }
}

function cableNs(graph: NetworkGraph, a: string, b: string): number {
  const place = (pop: string): [number, number] => {
    const node = graph.getNodeAttributes(`pop/${pop}`);
    return node.kind === 'pop' ? [node.latitude, node.longitude] : [0, 0];
  };
  return propagationNs(greatCircleKm(...place(a), ...place(b)));
}
