import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileNetwork,
  createShortestPaths,
  generateGeometric,
  generateRing,
  NO_LINK,
  ShortestPathSolver,
  type LinkIndex,
  type Network,
  type PopIndex,
} from '../../topology/index.ts';

/** All pairs by Floyd (1962) and Warshall: slow, three loops, nothing to get wrong. */
function allPairsNs(network: Network, isUp: (link: LinkIndex) => boolean): number[][] {
  const { popCount, linkCount } = network;
  const ns = Array.from({ length: popCount }, (_, i) =>
    Array.from({ length: popCount }, (_, j) => (i === j ? 0 : Infinity)),
  );
  for (let link = 0; link < linkCount; link++) {
    if (!isUp(link as LinkIndex)) continue;
    const [a, b] = [network.linkPopA[link]!, network.linkPopB[link]!];
    ns[a]![b] = ns[b]![a] = Math.min(ns[a]![b]!, network.linkLatencyNs[link]!);
  }
  for (let k = 0; k < popCount; k++) {
    for (let i = 0; i < popCount; i++) {
      for (let j = 0; j < popCount; j++) {
        ns[i]![j] = Math.min(ns[i]![j]!, ns[i]![k]! + ns[k]![j]!);
      }
    }
  }
  return ns;
}

describe('shortest paths', () => {
  it('agree with Floyd–Warshall on random networks with random links down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.nat(), fc.nat(), (count, seed, downs) => {
        const network = compileNetwork(generateGeometric(count, 400, String(seed)));
        const isUp = (link: LinkIndex): boolean => ((downs >> (link % 20)) & 1) === 0;
        const expected = allPairsNs(network, isUp);
        const solver = new ShortestPathSolver(network);
        const paths = createShortestPaths(count);
        for (let source = 0; source < count; source++) {
          solver.solveInto(paths, source as PopIndex, isUp);
          expect([...paths.distanceNs]).toEqual(expected[source]);
          for (let target = 0; target < count; target++) {
            const path = solver.pathTo(paths, target as PopIndex);
            if (path === null) {
              expect(paths.distanceNs[target]).toBe(Infinity);
              continue;
            }
            const lengthNs = path.reduce((sum, link) => sum + network.linkLatencyNs[link]!, 0);
            expect(lengthNs).toBe(paths.distanceNs[target]);
            expect(paths.firstLink[target]).toBe(path[0] ?? NO_LINK);
            expect(path.every(isUp)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes the other way round a ring when a link is down', () => {
    // p0-p1 … p4-p5, p0-p5: all links are equally long.
    const network = compileNetwork(generateRing(6));
    const solver = new ShortestPathSolver(network);
    const paths = createShortestPaths(6);
    const cut = network.linkNames.indexOf('p0-p1');
    solver.solveInto(paths, 0 as PopIndex, (link) => link !== cut);
    const way = solver.pathTo(paths, 1 as PopIndex)!.map((link) => network.linkNames[link]);
    expect(way).toEqual(['p0-p5', 'p4-p5', 'p3-p4', 'p2-p3', 'p1-p2']);
  });

  it('uses the latencies it is given', () => {
    const network = compileNetwork(generateRing(3));
    const solver = new ShortestPathSolver(network);
    const paths = createShortestPaths(3);
    // Links p0-p1, p0-p2, p1-p2; the first is degraded, so p2 is on the way to p1.
    solver.solveInto(paths, 0 as PopIndex, () => true, Float64Array.of(10, 2, 3));
    expect([...paths.distanceNs]).toEqual([0, 5, 2]);
    expect([...paths.firstLink]).toEqual([NO_LINK, 1, 1]);
  });
});
