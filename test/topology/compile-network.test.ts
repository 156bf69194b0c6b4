import { describe, expect, it } from 'vitest';
import {
  addLink,
  checkNetwork,
  compileNetwork,
  createNetworkGraph,
  indexNames,
  Relation,
  type NetworkGraph,
} from '../../topology/index.ts';

const where = { country: 'DE', continent: 'europe' } as const;

/**
 *     AS 30 (provider)       metros ams, fra; POPs at both
 *      ├── AS 10             10 and 20 are customers of 30 and peers of each other
 *      └── AS 20
 */
function smallGraph(order: 'forwards' | 'backwards' = 'forwards'): NetworkGraph {
  const graph = createNetworkGraph();
  const steps = [
    () => metro(graph, 'fra', 50, 8),
    () => metro(graph, 'ams', 52, 5),
    () => as(graph, 30, ['metro/fra', 'metro/ams']),
    () => as(graph, 10, ['metro/fra']),
    () => as(graph, 20, ['metro/ams']),
    () => pop(graph, 'fra', 50, 8),
    () => pop(graph, 'ams', 52, 5),
    () => region(graph, 'nl', 'ams', 20, 0.25),
    () => region(graph, 'de', 'fra', 10, 0.75),
  ];
  if (order === 'backwards') steps.reverse();
  for (const step of steps) step();
  const links = [
    () => addLink(graph, 'as/10', 'as/30', { kind: 'inter-as', relation: Relation.Provider }),
    () => addLink(graph, 'as/30', 'as/20', { kind: 'inter-as', relation: Relation.Customer }),
    () => addLink(graph, 'as/20', 'as/10', { kind: 'inter-as', relation: Relation.Peer }),
    () => addLink(graph, 'pop/fra', 'as/30', { kind: 'session', relation: Relation.Provider }),
    () => addLink(graph, 'as/10', 'pop/fra', { kind: 'session', relation: Relation.Peer }),
    () => backbone(graph, 'fra', 'ams'),
  ];
  if (order === 'backwards') links.reverse();
  for (const link of links) link();
  return graph;
}

function metro(graph: NetworkGraph, name: string, latitude: number, longitude: number): void {
  const attributes = { name, city: name, ...where, latitude, longitude, population: 1 };
  graph.addNode(`metro/${name}`, { kind: 'metro', ...attributes, utcOffsetHours: longitude / 15 });
}

function as(graph: NetworkGraph, asn: number, metros: readonly string[]): void {
  graph.addNode(`as/${asn}`, { kind: 'as', asn, name: `AS${asn}`, tier: 'unknown', metros });
}

function pop(graph: NetworkGraph, name: string, latitude: number, longitude: number): void {
  const metro = `metro/${name}`;
  graph.addNode(`pop/${name}`, { kind: 'pop', name, metro, ...where, latitude, longitude });
}

function region(graph: NetworkGraph, name: string, at: string, asn: number, share: number): void {
  graph.addNode(`region/${name}`, {
    kind: 'region',
    name,
    metro: `metro/${at}`,
    as: `as/${asn}`,
    ...where,
    populationShare: share,
    access: 'fibre',
    accessRttNs: 9_700_000,
  });
}

function backbone(graph: NetworkGraph, a: string, b: string): void {
  addLink(graph, `pop/${a}`, `pop/${b}`, {
    kind: 'backbone',
    name: `${a}-${b}`,
    latencyNs: 2_500_000,
    bandwidthBps: 1e9,
    lossRatio: 0,
    bufferNs: 0,
  });
}

describe('compileNetwork', () => {
  it('writes every column', () => {
    expect(compileNetwork(smallGraph())).toEqual({
      metroCount: 2,
      metroNames: ['ams', 'fra'],
      metroLatitude: Float64Array.of(52, 50),
      metroLongitude: Float64Array.of(5, 8),
      asCount: 3,
      asNames: ['AS10', 'AS20', 'AS30'],
      asn: Float64Array.of(10, 20, 30),
      firstAsMetro: Uint32Array.of(0, 1, 2, 4),
      asMetro: Uint32Array.of(1, 0, 0, 1),
      firstNeighbour: Uint32Array.of(0, 2, 4, 6),
      neighbour: Uint32Array.of(1, 2, 0, 2, 0, 1),
      // 10: peer 20, provider 30; 20: peer 10, provider 30; 30: customers 10 and 20.
      neighbourRelation: Uint8Array.of(1, 2, 1, 2, 0, 0),
      popCount: 2,
      popNames: ['ams', 'fra'],
      popMetro: Uint32Array.of(0, 1),
      popLatitude: Float64Array.of(52, 50),
      popLongitude: Float64Array.of(5, 8),
      popContinents: ['europe', 'europe'],
      firstSession: Uint32Array.of(0, 0, 2),
      sessionAs: Uint32Array.of(0, 2),
      sessionRelation: Uint8Array.of(1, 2),
      linkCount: 1,
      linkNames: ['fra-ams'],
      linkPopA: Uint32Array.of(1),
      linkPopB: Uint32Array.of(0),
      linkLatencyNs: Float64Array.of(2_500_000),
      linkBandwidthBps: Float64Array.of(1e9),
      linkLossRatio: Float64Array.of(0),
      linkBufferNs: Float64Array.of(0),
      regionCount: 2,
      regionNames: ['de', 'nl'],
      regionAs: Uint32Array.of(0, 1),
      regionMetro: Uint32Array.of(1, 0),
      regionContinents: ['europe', 'europe'],
      regionPopulationShare: Float64Array.of(0.75, 0.25),
      regionUtcOffsetHours: Float64Array.of(8 / 15, 5 / 15),
      regionAccessRttNs: Float64Array.of(9_700_000, 9_700_000),
    });
  });

  it('depends on the content only, not on the order in which a graph was built', () => {
    expect(compileNetwork(smallGraph('backwards'))).toEqual({
      ...compileNetwork(smallGraph()),
    });
  });

  it('takes a serialized graph', () => {
    const graph = smallGraph();
    const serialized = JSON.parse(JSON.stringify(graph.export())) as ReturnType<
      typeof graph.export
    >;
    expect(compileNetwork(serialized)).toEqual(compileNetwork(graph));
  });

  it('finds names', () => {
    const names = indexNames(compileNetwork(smallGraph()));
    expect(names.pops.get('fra')).toBe(1);
    expect(names.ases.get(30)).toBe(2);
    expect(names.links.get('fra-ams')).toBe(0);
    expect(names.regions.get('nl')).toBe(1);
    expect(names.metros.get('lis')).toBeUndefined();
  });
});

describe('checkNetwork', () => {
  const cases: readonly [string, (graph: NetworkGraph) => void, string, RegExp][] = [
    [
      'unknown metro',
      (g) => as(g, 40, ['metro/xyz']),
      'as/40',
      /metro "metro\/xyz" does not exist/,
    ],
    ['metro of wrong kind', (g) => as(g, 40, ['pop/fra']), 'as/40', /not a node of kind metro/],
    ['metro twice', (g) => as(g, 40, ['metro/fra', 'metro/fra']), 'as/40', /metro twice/],
    ['bad ASN', (g) => as(g, -1, []), 'as/-1', /not an integer of 32 bits/],
    ['unknown AS', (g) => region(g, 'x', 'fra', 99, 0), 'region/x', /AS "as\/99" does not exist/],
    ['shares', (g) => region(g, 'x', 'fra', 10, 0.1), 'regions', /sum to 1.1/],
    ['negative share', (g) => region(g, 'x', 'fra', 10, -0.1), 'region/x', /negative/],
    ['latitude', (g) => pop(g, 'x', 91, 0), 'pop/x', /latitude 91/],
    ['longitude', (g) => metro(g, 'x', 0, 181), 'metro/x', /longitude 181/],
    [
      'link of wrong ends',
      (g) => addLink(g, 'as/10', 'pop/ams', { kind: 'inter-as', relation: Relation.Peer }),
      'as/10 – pop/ams',
      /inter-as joins as as/,
    ],
    [
      'self-link',
      (g) => addLink(g, 'as/10', 'as/10', { kind: 'inter-as', relation: Relation.Peer }),
      'as/10 – as/10',
      /two different ends/,
    ],
    [
      'duplicate session',
      (g) => addLink(g, 'pop/fra', 'as/10', { kind: 'session', relation: Relation.Peer }),
      'pop/fra – as/10',
      /duplicate session/,
    ],
    [
      'duplicate AS link the other way round',
      (g) => addLink(g, 'as/10', 'as/20', { kind: 'inter-as', relation: Relation.Peer }),
      'as/10 – as/20',
      /duplicate inter-as/,
    ],
    [
      'unknown IXP',
      (g) => addLink(g, 'pop/ams', 'as/20', { kind: 'session', relation: 1, ixp: 'ixp/x' }),
      'pop/ams – as/20',
      /IXP "ixp\/x"/,
    ],
    [
      'name taken',
      (g) => g.addNode('pop/other', { ...g.getNodeAttributes('pop/fra') }),
      'pop/other',
      /pop name fra is also that of pop\/fra/,
    ],
  ];

  it('finds nothing wrong with a sound graph', () => {
    expect(checkNetwork(smallGraph())).toEqual([]);
  });

  it.each(cases)('reports: %s', (_, spoil, subject, message) => {
    const graph = smallGraph();
    spoil(graph);
    expect(checkNetwork(graph)).toContainEqual({
      subject,
      message: expect.stringMatching(message) as string,
    });
    expect(() => compileNetwork(graph)).toThrow(/problems; the first/);
  });
});
