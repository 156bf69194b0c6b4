import { connectedComponents } from 'graphology-components';
import { describe, expect, it } from 'vitest';
import {
  checkNetwork,
  compileNetwork,
  nodesOfKind,
  Relation,
  worlds,
  type Network,
  type NetworkGraph,
} from '../../topology/index.ts';

interface Counts {
  readonly pops: number;
  readonly links: number;
  readonly transits: number;
  readonly ixps: number;
  readonly regions: number;
}

const COUNTS: Readonly<Record<string, Counts>> = {
  'topology/global-8@1': { pops: 8, links: 12, transits: 8, ixps: 3, regions: 24 },
  'topology/global-24@1': { pops: 24, links: 41, transits: 18, ixps: 7, regions: 96 },
  'topology/global-80@1': { pops: 80, links: 163, transits: 58, ixps: 28, regions: 400 },
};

function count(graph: NetworkGraph): Counts {
  const carriers = nodesOfKind(graph, 'as').filter(([, as]) => as.tier !== 'eyeball');
  return {
    pops: nodesOfKind(graph, 'pop').length,
    links: graph.filterEdges((_, link) => link.kind === 'backbone').length,
    transits: carriers.length,
    ixps: nodesOfKind(graph, 'ixp').length,
    regions: nodesOfKind(graph, 'region').length,
  };
}

/**
 * Whether AS `as` hears the CDN's prefix by valley-free routes: up over providers, then a
 * session.
 */
function hearsCdn(network: Network, as: number, transits: ReadonlySet<number>): boolean {
  const up = new Set([as]);
  for (const at of up) {
    if (transits.has(at)) return true;
    for (let i = network.firstNeighbour[at]!; i < network.firstNeighbour[at + 1]!; i++) {
      const neighbour = network.neighbour[i]!;
      if (network.neighbourRelation[i] === Relation.Provider) up.add(neighbour);
      if (network.neighbourRelation[i] === Relation.Peer && transits.has(neighbour)) return true;
    }
  }
  return false;
}

describe.each(worlds.map((world) => [world.name, world] as const))('%s', (name, world) => {
  const graph = world.build();
  const network = compileNetwork(graph);

  it('has what its name and summary promise', () => {
    const counts = COUNTS[name]!;
    expect(count(graph)).toEqual(counts);
    const { pops, links, transits, ixps, regions } = counts;
    expect(world.summary).toBe(
      `${pops} POPs, ${links} backbone links, ${transits} transit ASes, ${ixps} IXPs, ` +
        `${regions} client regions`,
    );
  });

  it('is sound', () => {
    expect(checkNetwork(graph)).toEqual([]);
  });

  it('is the same bytes at each call, and others for another sample', () => {
    const bytes = JSON.stringify(graph.export());
    expect(JSON.stringify(world.build().export())).toBe(bytes);
    const sample = world.build('2');
    expect(JSON.stringify(sample.export())).not.toBe(bytes);
    expect(count(sample)).toEqual(COUNTS[name]);
    expect(checkNetwork(sample)).toEqual([]);
  });

  it('has a backbone that no single cut divides', () => {
    const backbone = graph.copy();
    for (const edge of backbone.filterEdges((_, link) => link.kind !== 'backbone')) {
      backbone.dropEdge(edge);
    }
    for (const node of backbone.filterNodes((_, { kind }) => kind !== 'pop')) {
      backbone.dropNode(node);
    }
    expect(connectedComponents(backbone)).toHaveLength(1);
    for (const edge of backbone.edges()) {
      const cut = backbone.copy();
      cut.dropEdge(edge);
      expect(connectedComponents(cut), edge).toHaveLength(1);
    }
  });

  it('sells transit at every POP', () => {
    for (let pop = 0; pop < network.popCount; pop++) {
      const relations = network.sessionRelation.subarray(
        network.firstSession[pop],
        network.firstSession[pop + 1],
      );
      expect(relations.includes(Relation.Provider), network.popNames[pop]).toBe(true);
    }
  });

  it('gives every region a way to the CDN', () => {
    const transits = new Set(
      [...network.sessionAs].filter((_, i) => network.sessionRelation[i] === Relation.Provider),
    );
    for (let region = 0; region < network.regionCount; region++) {
      const as = network.regionAs[region]!;
      expect(hearsCdn(network, as, transits), network.regionNames[region]).toBe(true);
    }
  });

  it('has clients in proportion to demand on every continent', () => {
    const shares = new Map<string, number>();
    network.regionContinents.forEach((continent, region) => {
      const share = network.regionPopulationShare[region]!;
      expect(share).toBeGreaterThan(0);
      shares.set(continent, (shares.get(continent) ?? 0) + share);
    });
    expect(shares.get('europe')).toBeGreaterThan(shares.get('oceania')!);
    expect(shares.get('north-america')).toBeGreaterThan(shares.get('africa')!);
  });
});

describe('global-24 in the examples of the scenario format', () => {
  const network = compileNetwork(worlds.find(({ name }) => name.includes('-24@'))!.build());

  it('has the POPs and the link that they name, and not the POP that one adds', () => {
    for (const pop of ['ams', 'fra', 'iad', 'sin', 'mad', 'gru', 'eze']) {
      expect(network.popNames).toContain(pop);
    }
    expect(network.popNames).not.toContain('lis');
    expect(network.linkNames).toContain('fra-ams');
  });

  it('has the transits that one buys from', () => {
    expect([...network.asn]).toEqual(expect.arrayContaining([1299, 6453]));
  });
});
