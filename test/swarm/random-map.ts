import {
  addLink,
  createNetworkGraph,
  Relation,
  type SerializedNetwork,
} from '../../topology/index.ts';
import type { Draws } from './draws.ts';

const METROS = [
  { name: 'ams', latitude: 52.37, longitude: 4.9, continent: 'europe' },
  { name: 'fra', latitude: 50.11, longitude: 8.68, continent: 'europe' },
  { name: 'gru', latitude: -23.55, longitude: -46.63, continent: 'south-america' },
  { name: 'iad', latitude: 38.95, longitude: -77.45, continent: 'north-america' },
  { name: 'nrt', latitude: 35.68, longitude: 139.69, continent: 'asia' },
  { name: 'syd', latitude: -33.87, longitude: 151.21, continent: 'oceania' },
] as const;

/**
 * A small world: a POP in each of the first `popCount` metros, two transit ASes that peer and are
 * everywhere, an eyeball AS and a client region in each metro, a backbone that is a ring or a star.
 */
export function randomMap(draws: Draws, popCount: number): SerializedNetwork {
  const graph = createNetworkGraph();
  const metros = METROS.map(({ name }) => `metro/${name}`);
  for (const { name, latitude, longitude, continent } of METROS) {
    graph.addNode(`metro/${name}`, {
      kind: 'metro',
      name,
      city: name,
      country: name,
      continent,
      latitude,
      longitude,
      population: 1e6,
      utcOffsetHours: longitude / 15,
    });
  }
  for (const asn of [100, 200]) {
    graph.addNode(`as/${asn}`, { kind: 'as', asn, name: `transit ${asn}`, tier: 'tier-1', metros });
  }
  addLink(graph, 'as/100', 'as/200', { kind: 'inter-as', relation: Relation.Peer });
  const regionCount = draws.integer(2, METROS.length);
  METROS.slice(0, regionCount).forEach(({ name, continent }, index) => {
    const asn = 1000 + index;
    graph.addNode(`as/${asn}`, {
      kind: 'as',
      asn,
      name: `eyeball ${name}`,
      tier: 'eyeball',
      metros: [`metro/${name}`],
    });
    for (const provider of draws.chance(0.5) ? [100, 200] : [draws.oneOf([100, 200])]) {
      addLink(graph, `as/${asn}`, `as/${provider}`, {
        kind: 'inter-as',
        relation: Relation.Provider,
      });
    }
    graph.addNode(`region/${name}`, {
      kind: 'region',
      name,
      metro: `metro/${name}`,
      as: `as/${asn}`,
      continent,
      country: name,
      populationShare: 1 / regionCount,
      access: draws.oneOf(['fibre', 'cable', 'dsl'] as const),
      accessRttNs: draws.integer(5e6, 30e6),
    });
  });
  addPops(graph, draws, popCount, regionCount);
  return graph.export() as SerializedNetwork;
}

function addPops(
  graph: ReturnType<typeof createNetworkGraph>,
  draws: Draws,
  popCount: number,
  regionCount: number,
): void {
  const here = METROS.slice(0, popCount);
  here.forEach(({ name, latitude, longitude, continent }, index) => {
    const node = `pop/${name}`;
    graph.addNode(node, {
      kind: 'pop',
      name,
      metro: `metro/${name}`,
      latitude,
      longitude,
      continent,
      country: name,
    });
    for (const asn of draws.chance(0.6) ? [100, 200] : [draws.oneOf([100, 200])]) {
      addLink(graph, node, `as/${asn}`, { kind: 'session', relation: Relation.Provider });
    }
    if (index < regionCount && draws.chance(0.4)) {
      addLink(graph, node, `as/${1000 + index}`, { kind: 'session', relation: Relation.Peer });
    }
  });
  const isRing = draws.chance(0.5);
  here.forEach(({ name }, index) => {
    if (index === 0 || (isRing && popCount < 3 && index > 1)) return;
    const other = here[isRing ? index - 1 : 0]!.name;
    addBackbone(graph, draws, other, name);
  });
  if (isRing && popCount > 2) addBackbone(graph, draws, here[0]!.name, here[popCount - 1]!.name);
}

function addBackbone(
  graph: ReturnType<typeof createNetworkGraph>,
  draws: Draws,
  from: string,
  to: string,
): void {
  addLink(graph, `pop/${from}`, `pop/${to}`, {
    kind: 'backbone',
    name: `${from}-${to}`,
    latencyNs: draws.integer(1e6, 60e6),
    bandwidthBps: draws.oneOf([1e9, 1e11]),
    lossRatio: draws.oneOf([0, 0, 1e-4]),
    bufferNs: 50e6,
  });
}

export function metroNames(count: number): readonly string[] {
  return METROS.slice(0, count).map(({ name }) => name);
}
