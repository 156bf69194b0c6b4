import {
  addLink,
  greatCircleKm,
  nodesOfKind,
  Relation,
  type NetworkGraph,
} from '../../topology/index.ts';
import type { NetworkSettings, PopSettings } from '../schema/network.ts';
import { nearestName } from '../suggest.ts';
import { keyPlaceAt, nodeAt, placeAt } from '../tree.ts';
import type { MapContext } from './map.ts';

/** A POP this near to a metro stands in it: the reach of a metropolitan network. */
const METRO_KM = 80;

/** Puts the file's own POPs on the map, and changes the transit of those that are there. */
export function addPops(graph: NetworkGraph, network: NetworkSettings, context: MapContext): void {
  const { findings, root } = context;
  for (const [name, settings] of Object.entries(network.pops ?? {})) {
    if (name === '*') continue;
    const path = ['network', 'pops', name];
    if (graph.hasNode(`pop/${name}`)) {
      if (settings.location !== undefined) {
        const place = keyPlaceAt(root, [...path, 'location']);
        findings.error('E0401', place, `'${name}' is on the map already: it cannot be moved`);
      }
      if (settings.transit !== undefined) replaceTransit(graph, name, settings.transit, context);
      continue;
    }
    if (settings.location === undefined) {
      if (nodeAt(root, [...path, 'location']) === undefined) reportUnplaced(graph, name, context);
      continue;
    }
    addPop(graph, name, settings.location, context);
    replaceTransit(graph, name, settings.transit ?? transitNearby(graph, name), context);
  }
}

/** A POP that the map does not have and that has no location: most likely a mistyped name. */
function reportUnplaced(graph: NetworkGraph, name: string, { root, findings }: MapContext): void {
  const known = nodesOfKind(graph, 'pop').map(([, pop]) => pop.name);
  const near = nearestName(name, known);
  findings.error('E0306', keyPlaceAt(root, ['network', 'pops', name]), `unknown pop '${name}'`, {
    hint:
      near === undefined
        ? 'a POP that the map does not have needs a location: [latitude, longitude]'
        : `did you mean '${near}'? A new POP needs a location: [latitude, longitude]`,
  });
}

function addPop(
  graph: NetworkGraph,
  name: string,
  [latitude, longitude]: NonNullable<PopSettings['location']>,
  { findings, root }: MapContext,
): void {
  let nearest: { key: string; km: number } | null = null;
  for (const [key, metro] of nodesOfKind(graph, 'metro')) {
    const km = greatCircleKm(latitude, longitude, metro.latitude, metro.longitude);
    if (nearest === null || km < nearest.km) nearest = { key, km };
  }
  if (nearest === null) {
    findings.error('E0415', placeAt(root, ['network']), 'the map has no metro');
    return;
  }
  const metro = graph.getNodeAttributes(nearest.key);
  if (metro.kind !== 'metro') return;
  let key = nearest.key;
  if (nearest.km > METRO_KM && !graph.hasNode(`metro/${name}`)) {
    // Country, continent and clock are those of the nearest metro; nobody lives here.
    key = `metro/${name}`;
    graph.addNode(key, { ...metro, name, city: name, latitude, longitude, population: 0 });
  }
  const { continent, country } = metro;
  const place = { metro: key, latitude, longitude, continent, country };
  graph.addNode(`pop/${name}`, { kind: 'pop', name, ...place });
}

/** The providers of the nearest POP that has some. */
function transitNearby(graph: NetworkGraph, name: string): string[] {
  const here = graph.getNodeAttributes(`pop/${name}`);
  if (here.kind !== 'pop') return [];
  let best: { km: number; asns: string[] } = { km: Infinity, asns: [] };
  for (const [key, pop] of nodesOfKind(graph, 'pop')) {
    const asns = providersOf(graph, key);
    const km = greatCircleKm(here.latitude, here.longitude, pop.latitude, pop.longitude);
    if (key !== `pop/${name}` && asns.length > 0 && km < best.km) best = { km, asns };
  }
  return best.asns;
}

function providersOf(graph: NetworkGraph, pop: string): string[] {
  const asns: string[] = [];
  graph.forEachEdge(pop, (_key, link, source, target) => {
    if (link.kind !== 'session' || link.relation !== Relation.Provider) return;
    const as = graph.getNodeAttributes(source === pop ? target : source);
    if (as.kind === 'as') asns.push(`AS${as.asn}`);
  });
  return asns.sort();
}

/** Sessions with exactly these providers; an AS of known places is then in the POP's metro too. */
function replaceTransit(
  graph: NetworkGraph,
  name: string,
  asns: readonly string[],
  { root, findings }: MapContext,
): void {
  const pop = `pop/${name}`;
  const attributes = graph.hasNode(pop) ? graph.getNodeAttributes(pop) : null;
  if (attributes?.kind !== 'pop') return;
  const old = graph.filterEdges(
    pop,
    (_key, link) => link.kind === 'session' && link.relation === Relation.Provider,
  );
  for (const edge of old) graph.dropEdge(edge);
  for (const [i, asn] of [...new Set(asns)].entries()) {
    const key = `as/${asn.slice(2)}`;
    const as = graph.hasNode(key) ? graph.getNodeAttributes(key) : null;
    if (as?.kind !== 'as') {
      const place = placeAt(root, ['network', 'pops', name, 'transit', i]);
      const transits = nodesOfKind(graph, 'as').filter(([, { tier }]) => tier === 'tier-1');
      findings.error('E0306', place, `the map has no ${asn}`, {
        hint: `carriers of this map: ${transits.map(([, { asn: n }]) => `AS${n}`).join(', ')}`,
      });
      continue;
    }
    // An AS of unknown places stays one: a session tells of one place, not that it has no other.
    if (as.metros.length > 0 && !as.metros.includes(attributes.metro)) {
      graph.replaceNodeAttributes(key, { ...as, metros: [...as.metros, attributes.metro].sort() });
    }
    addLink(graph, pop, key, { kind: 'session', relation: Relation.Provider });
  }
}
