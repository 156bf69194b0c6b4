import { connectedComponents } from 'graphology-components';
import type { WorldSpec } from '../../sim/index.ts';
import { networkGraphFrom, type NetworkGraph } from '../../topology/index.ts';

/** Counts over the map of a world; a laboratory has POPs only. */
export interface TopologyFacts {
  readonly popCount: number;
  readonly serverCount: number;
  readonly linkCount: number;
  readonly asCount: number;
  readonly ixpCount: number;
  readonly regionCount: number;
  /** Parts that cannot reach each other; 1 is connected, 0 a laboratory. */
  readonly partCount: number;
  /** POPs without any link or session. */
  readonly isolatedPops: readonly string[];
}

export function topologyFacts(world: WorldSpec): TopologyFacts {
  const graph = world.network === undefined ? null : networkGraphFrom(world.network);
  const count = (kind: string): number =>
    graph === null ? 0 : graph.filterNodes((_node, node) => node.kind === kind).length;
  return {
    popCount: world.pops.length,
    serverCount: world.pops.reduce((sum, pop) => sum + pop.servers.length, 0),
    linkCount:
      graph === null ? 0 : graph.filterEdges((_edge, link) => link.kind === 'backbone').length,
    asCount: count('as'),
    ixpCount: count('ixp'),
    regionCount: count('region'),
    partCount: graph === null ? 0 : partCount(graph),
    isolatedPops: graph === null ? [] : isolatedPops(graph),
  };
}

/** `25 POPs, 43 links, 18 ASes, 7 IXPs, 96 regions; connected; no isolated POP`. */
export function topologyLine(facts: TopologyFacts): string {
  const pops = `${plural(facts.popCount, 'POP')} with ${plural(facts.serverCount, 'server')}`;
  if (facts.partCount === 0) return `${pops}; a laboratory: no network, traffic arrives at the POP`;
  const counts = [
    pops,
    plural(facts.linkCount, 'link'),
    plural(facts.asCount, 'AS', 'ASes'),
    plural(facts.ixpCount, 'IXP'),
    plural(facts.regionCount, 'region'),
  ];
  const parts = facts.partCount === 1 ? 'connected' : `in ${facts.partCount} parts`;
  const isolated =
    facts.isolatedPops.length === 0
      ? 'no isolated POP'
      : `isolated: ${facts.isolatedPops.join(', ')}`;
  return `${counts.join(', ')}; ${parts}; ${isolated}`;
}

function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** Metros are places and regions belong to an AS: what routes cross counts as a part. */
function partCount(graph: NetworkGraph): number {
  return connectedComponents(graph).filter((part) =>
    part.some((node) => ['as', 'pop'].includes(graph.getNodeAttributes(node).kind)),
  ).length;
}

function isolatedPops(graph: NetworkGraph): string[] {
  return graph
    .filterNodes((node, attributes) => attributes.kind === 'pop' && graph.degree(node) === 0)
    .map((node) => node.replace(/^pop[/]/, ''));
}
