import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteClass } from '../../../sim/routing/announcements.ts';
import { groupByRelation } from '../../../sim/routing/grouped-as-graph.ts';
import { GaoRexford, UNREACHED } from '../../../sim/routing/gao-rexford.ts';
import { createWalk, HotPotatoWalker } from '../../../sim/routing/hot-potato.ts';
import { MetroDistances } from '../../../sim/routing/metro-distances.ts';
import { RouteUpdater } from '../../../sim/routing/route-update.ts';
import {
  allBestPaths,
  catchmentByLowestAsn,
  groupEnd,
  groupStart,
  isTiedAnnouncement,
  isTiedNextHop,
} from '../../../sim/routing/tied-routes.ts';
import { Relation, type Network } from '../../../topology/index.ts';
import { fixpointRoutes } from './fixpoint-solver.ts';
import { announcementsOf, lengths, networks } from './random-routing.ts';

function solved(network: Network, sessionLengths: readonly number[]): GaoRexford {
  const solver = new GaoRexford(groupByRelation(network));
  solver.solve(announcementsOf(network, sessionLengths));
  return solver;
}

function routesOf(solver: GaoRexford) {
  return Array.from({ length: solver.graph.asCount }, (_, as) => {
    if (solver.length[as] === UNREACHED) return null;
    const nextHops: number[] = [];
    for (let link = groupStart(solver, as); link < groupEnd(solver, as); link++) {
      const next = solver.graph.neighbour[link]!;
      if (isTiedNextHop(solver, as, next)) nextHops.push(next);
    }
    const announcements: number[] = [];
    for (let i = solver.firstHeard[as]!; i >= 0; i = solver.nextHeard[i]!) {
      if (isTiedAnnouncement(solver, i)) announcements.push(i);
    }
    const routeClass = solver.routeClass[as]!;
    return { routeClass, length: solver.length[as]!, nextHops, announcements };
  });
}

describe('GaoRexford on random graphs', () => {
  it('finds the classes, lengths and ties that a slow fixpoint finds', () => {
    fc.assert(
      fc.property(networks, lengths, (network, sessionLengths) => {
        const expected = fixpointRoutes(network, announcementsOf(network, sessionLengths));
        expect(routesOf(solved(network, sessionLengths))).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  it('a solver that is used again forgets what it solved before', () => {
    fc.assert(
      fc.property(networks, lengths, lengths, (network, first, second) => {
        const reused = solved(network, first);
        reused.solve(announcementsOf(network, second));
        expect(routesOf(reused)).toEqual(routesOf(solved(network, second)));
      }),
      { numRuns: 100 },
    );
  });

  it('repairs to what solving from scratch gives, change after change', () => {
    const changes = fc.array(fc.array(fc.tuple(fc.nat(15), fc.constantFrom(0, 1, 2, 4))), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(networks, lengths, changes, (network, sessionLengths, steps) => {
        const announcements = announcementsOf(network, sessionLengths);
        const solver = new GaoRexford(groupByRelation(network));
        solver.solve(announcements);
        const updater = new RouteUpdater(solver);
        for (const step of steps) {
          const before = solver.length.slice();
          const touched = step.map(([i, length]) => {
            announcements.length[i % announcements.count] = length;
            return i % announcements.count;
          });
          const changed = updater.update(touched).toSorted((a, b) => a - b);
          const fresh = new GaoRexford(solver.graph);
          fresh.solve(announcements);
          expect(routesOf(solver)).toEqual(routesOf(fresh));
          expect(solver.routeClass).toEqual(fresh.routeClass);
          expect(solver.customerLength).toEqual(fresh.customerLength);
          expect(changed).toEqual(
            [...before.keys()].filter((as) => before[as] !== solver.length[as]),
          );
        }
      }),
      { numRuns: 600 },
    );
  });

  it('keeps best paths free of valleys and loops, and as long as it says', () => {
    fc.assert(
      fc.property(networks, lengths, (network, sessionLengths) => {
        const solver = solved(network, sessionLengths);
        const announcements = solver.announcements!;
        for (let as = 0; as < network.asCount; as++) {
          for (const { via, announcement } of allBestPaths(solver, as)) {
            const hops = [as, ...via];
            expect(new Set(hops).size).toBe(hops.length);
            expect(via.length + announcements.length[announcement]!).toBe(solver.length[as]);
            const last = announcements.routeClass[announcement] as RouteClass;
            expectValleyFree([...relationsAlong(network, hops), last]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('catchments are a partition: every AS with a route has one site, and that announces', () => {
    fc.assert(
      fc.property(networks, lengths, (network, sessionLengths) => {
        const solver = solved(network, sessionLengths);
        const site = new Int32Array(network.asCount);
        catchmentByLowestAsn(solver, network.asn, () => 0, site);
        const walker = new HotPotatoWalker(network, new MetroDistances(network));
        const walk = createWalk();
        for (let as = 0; as < network.asCount; as++) {
          const possible = new Set(
            allBestPaths(solver, as).map((path) => solver.announcements!.site[path.announcement]!),
          );
          walker.walk(solver, as, as % 6, walk);
          for (const pop of [site[as]!, walk.pop]) {
            expect(pop < 0 ? possible.size === 0 : possible.has(pop)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('withdrawn prefixes attract nothing', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const solver = solved(
          network,
          Array.from({ length: 16 }, () => 0),
        );
        expect([...solver.routeClass].every((each) => each === RouteClass.None)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

/** As each AS of the path sees the next: customer, peer or provider routes. */
function relationsAlong(network: Network, hops: readonly number[]): RouteClass[] {
  return hops.slice(1).map((next, i) => {
    const start = network.firstNeighbour[hops[i]!]!;
    const end = network.firstNeighbour[hops[i]! + 1]!;
    const link = start + network.neighbour.subarray(start, end).indexOf(next);
    const relation = network.neighbourRelation[link] as Relation;
    if (relation === Relation.Customer) return RouteClass.Customer;
    return relation === Relation.Peer ? RouteClass.Peer : RouteClass.Provider;
  });
}

/** Up to providers, at most one step across, then down to customers (Gao 2001). */
function expectValleyFree(classes: readonly RouteClass[]): void {
  const letters = classes.map((each) => 'ocpu'[each]!).join('');
  expect(letters).toMatch(/^u*p?c*$/);
}
