import fc from 'fast-check';
import { connectedComponents } from 'graphology-components';
import { describe, expect, it } from 'vitest';
import {
  checkNetwork,
  compileNetwork,
  generateGeometric,
  generateInternet,
  generateLine,
  generateMesh,
  generateRing,
  generateStar,
  Relation,
  type AsGraph,
  type NetworkGraph,
} from '../../topology/index.ts';

const shapes: readonly [string, (count: number) => NetworkGraph, (count: number) => number][] = [
  ['line', generateLine, (n) => n - 1],
  ['ring', generateRing, (n) => (n > 2 ? n : n - 1)],
  ['star', generateStar, (n) => n - 1],
  ['mesh', generateMesh, (n) => (n * (n - 1)) / 2],
];

function popParts(graph: NetworkGraph): number {
  return connectedComponents(graph).filter((part) => part.some((key) => key.startsWith('pop/')))
    .length;
}

describe('backbones of textbook shape', () => {
  it.each(shapes)('%s: connected, sound, with the right number of links', (_, generate, links) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const graph = generate(count);
        expect(checkNetwork(graph)).toEqual([]);
        expect(popParts(graph)).toBe(1);
        const network = compileNetwork(graph);
        expect([network.popCount, network.linkCount]).toEqual([count, links(count)]);
      }),
      { numRuns: 15 },
    );
  });

  it('geometric: connected, and has every link within the radius', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.string(),
        (count, radiusKm, seed) => {
          const graph = generateGeometric(count, radiusKm, seed);
          expect(checkNetwork(graph)).toEqual([]);
          expect(popParts(graph)).toBe(1);
          expect(graph.size).toBeGreaterThanOrEqual(count - 1);
          if (radiusKm === 0) expect(graph.size).toBe(count - 1);
        },
      ),
      { numRuns: 40 },
    );
    // 10° square: nothing is farther apart than its diagonal of 1,573 km.
    expect(generateGeometric(12, 1600, 'all').size).toBe((12 * 11) / 2);
  });

  it('geometric: a seed is a network', () => {
    const bytes = (seed: string) => JSON.stringify(generateGeometric(20, 300, seed).export());
    expect(bytes('a')).toBe(bytes('a'));
    expect(bytes('a')).not.toBe(bytes('b'));
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d POPs', (count) => {
    for (const [, generate] of shapes) expect(() => generate(count)).toThrow(RangeError);
  });
});

describe('a tiered internet', () => {
  /** ASes reached from `start` upwards over providers. */
  function upstreams(graph: AsGraph, start: number): ReadonlySet<number> {
    const reached = new Set([start]);
    for (const as of reached) {
      for (let slot = graph.firstNeighbour[as]!; slot < graph.firstNeighbour[as + 1]!; slot++) {
        if (graph.neighbourRelation[slot] === Relation.Provider)
          reached.add(graph.neighbour[slot]!);
      }
    }
    return reached;
  }

  it('has a clique on top that every AS reaches by its providers alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 400 }), fc.string(), (asCount, seed) => {
        const graph = generateInternet({ asCount, seed });
        expect(graph.asCount).toBe(asCount);
        for (let as = 0; as < asCount; as++) {
          expect([...upstreams(graph, as)].some((up) => up < 12)).toBe(true);
        }
        for (let tier1 = 0; tier1 < 12; tier1++) expect(upstreams(graph, tier1).size).toBe(1);
      }),
      { numRuns: 15 },
    );
  });

  it('has no customer cycle', () => {
    const graph = generateInternet({ asCount: 3000, seed: 'cycles' });
    for (let as = 0; as < graph.asCount; as++) {
      for (let slot = graph.firstNeighbour[as]!; slot < graph.firstNeighbour[as + 1]!; slot++) {
        const isProvider = graph.neighbourRelation[slot] === Relation.Provider;
        if (isProvider) expect(graph.neighbour[slot]!).toBeLessThan(as);
      }
    }
  });

  it('is heavy-tailed: the largest seller has hundreds of customers, the median stub none', () => {
    const graph = generateInternet({ asCount: 5000, seed: 'tail' });
    const customers = Array.from({ length: graph.asCount }, (_, as) =>
      graph.neighbourRelation
        .subarray(graph.firstNeighbour[as], graph.firstNeighbour[as + 1])
        .reduce((sum, relation) => sum + (relation === Relation.Customer ? 1 : 0), 0),
    ).sort((a, b) => b - a);
    expect(customers[0]).toBeGreaterThan(150);
    expect(customers[2500]).toBe(0);
  });

  it('is one graph a seed', () => {
    const seeded = (seed: string) => generateInternet({ asCount: 300, seed });
    expect(seeded('a')).toEqual(seeded('a'));
    expect(seeded('a')).not.toEqual(seeded('b'));
  });
});
