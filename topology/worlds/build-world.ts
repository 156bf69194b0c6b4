/** From a plan to a graph: metros, carriers, exchanges, the CDN, its clients. */

import { Relation, type NodeAttributes } from '../attributes.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import { buildHierarchy, type AsHierarchy } from './as-hierarchy.ts';
import { addBackbone, addPops, addSessions } from './cdn.ts';
import { buildExchanges } from './exchanges.ts';
import { KNOBS, type WorldKnobs } from './knobs.ts';
import { MetroMap } from './metro-map.ts';
import { addRegions } from './regions.ts';
import type { WorldPlan } from './world-plan.ts';

/** The same plan and knobs give the same graph, byte for byte when serialized. */
export function buildWorld(
  plan: WorldPlan,
  knobs: WorldKnobs = { ...KNOBS, ...plan.knobs },
): NetworkGraph {
  const map = new MetroMap([...plan.pops, ...plan.ixps], plan.metroCount);
  const hierarchy = buildHierarchy(plan, map, knobs);
  const exchanges = buildExchanges(plan, map, knobs, hierarchy);
  const graph = createNetworkGraph();
  for (const metro of map.metros) graph.addNode(`metro/${metro.name}`, metro);
  for (const ixp of [...plan.ixps].sort()) {
    graph.addNode(`ixp/${ixp}`, { kind: 'ixp', name: ixp, metro: `metro/${ixp}` });
  }
  addAses(graph, hierarchy);
  addPops(graph, plan, map);
  addSessions(graph, plan, map, knobs, hierarchy, exchanges);
  addBackbone(graph, plan, map);
  addRegions(graph, plan, map, hierarchy);
  return graph;
}

function addAses(graph: NetworkGraph, hierarchy: AsHierarchy): void {
  const ases = Object.values(hierarchy).flat();
  for (const { asn, name, tier, metros } of ases) {
    const attributes: NodeAttributes = {
      kind: 'as',
      asn,
      name,
      tier,
      metros: [...metros].sort((a, b) => (a < b ? -1 : 1)).map((code) => `metro/${code}`),
    };
    graph.addNode(`as/${asn}`, attributes);
  }
  for (const { asn, providers, peers } of ases) {
    for (const provider of providers) {
      const relation = Relation.Provider;
      addLink(graph, `as/${asn}`, `as/${provider.asn}`, { kind: 'inter-as', relation });
    }
    for (const peer of peers) {
      const relation = Relation.Peer;
      addLink(graph, `as/${asn}`, `as/${peer.asn}`, { kind: 'inter-as', relation });
    }
  }
}
