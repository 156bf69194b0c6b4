import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { announceFromAses, RouteClass } from '../../../sim/routing/announcements.ts';
import { GaoRexford, UNREACHED } from '../../../sim/routing/gao-rexford.ts';
import { groupByRelation } from '../../../sim/routing/grouped-as-graph.ts';
import { RouteUpdater } from '../../../sim/routing/route-update.ts';
import { catchmentByLowestAsn } from '../../../sim/routing/tied-routes.ts';
import { importAsRelationships } from '../../../topology/import/import-as-relationships.ts';
import { bgpVectors } from './as-links.ts';
import { namedStreams } from './virtual-timers.ts';

interface ScaleFile {
  readonly cases: readonly {
    readonly origins: readonly number[];
    readonly learnedFrom: Readonly<Record<string, number>>;
    readonly byClassAndLength: Readonly<Record<string, number>>;
    readonly catchmentLowestNeighbourAsn: Readonly<Record<string, number>>;
  }[];
}

const NAMES: Readonly<Record<number, string>> = {
  [RouteClass.Customer]: 'customer',
  [RouteClass.Peer]: 'peer',
  [RouteClass.Provider]: 'provider',
  [RouteClass.None]: 'unknown',
};

// CAIDA's terms forbid shipping the graph; it lies beside the repository where it is handed over.
const GRAPH = new URL('../../../../shared/data/caida-as-rel2-20191201.txt.bz2', import.meta.url);
const isHere = existsSync(GRAPH);
if (!isHere) console.log('skipped: internet-scale; CAIDA as-rel2 2019-12-01 is not at hand');

const bytes = (column: Uint16Array) => new Uint8Array(column.buffer);

describe.skipIf(!isHere)('internet-scale-20191201', () => {
  const load = () => {
    const imported = importAsRelationships(readFileSync(GRAPH));
    if (!imported.ok) throw new Error(imported.message);
    return imported.value.graph;
  };
  const graph = isHere ? load() : null!;
  const solver = isHere ? new GaoRexford(groupByRelation(graph)) : null!;

  it('repairs single failures to what solving from scratch gives', () => {
    // 40 sites, each bought from one of the larger transit ASes and peering with three others.
    const random = namedStreams('internet')('sessions', 0);
    const degree = (as: number) => graph.firstNeighbour[as + 1]! - graph.firstNeighbour[as]!;
    const large = [...Array(graph.asCount).keys()].sort((a, b) => degree(b) - degree(a) || a - b);
    const as = Uint32Array.from({ length: 160 }, () => large[Math.floor(random() * 800)]!);
    const announcements = {
      count: 160,
      as,
      routeClass: Uint8Array.from({ length: 160 }, (_, i) =>
        i % 4 === 0 ? RouteClass.Customer : RouteClass.Peer,
      ),
      length: new Uint16Array(160).fill(1),
      site: Uint32Array.from(as, (_, i) => i >> 2),
      owners: [],
    };
    solver.solve(announcements);
    const updater = new RouteUpdater(solver);
    const fresh = new GaoRexford(solver.graph);
    for (let site = 0; site < 40; site += 4) {
      const sessions = [0, 1, 2, 3].map((i) => site * 4 + i);
      for (const length of [0, 3, 1]) {
        for (const i of sessions) announcements.length[i] = length;
        updater.update(sessions);
        fresh.solve(announcements);
        expect(Buffer.compare(bytes(solver.length), bytes(fresh.length))).toBe(0);
        expect(Buffer.compare(solver.routeClass, fresh.routeClass)).toBe(0);
      }
    }
  });

  for (const each of bgpVectors<ScaleFile>('internet-scale-20191201').cases) {
    it(`origins ${each.origins.join(', ')}: all 67,026 ASes by class and length`, () => {
      const origins = each.origins.map((asn) => ({ as: graph.asn.indexOf(asn) }));
      solver.solve(announceFromAses(solver.graph, origins));
      const learnedFrom: Record<string, number> = {};
      const byClassAndLength: Record<string, number> = {};
      for (let as = 0; as < graph.asCount; as++) {
        const name = NAMES[solver.routeClass[as]!];
        if (name === undefined) continue; // origins
        learnedFrom[name] = (learnedFrom[name] ?? 0) + 1;
        if (solver.length[as] === UNREACHED) continue;
        const key = `${name}:${solver.length[as]}`;
        byClassAndLength[key] = (byClassAndLength[key] ?? 0) + 1;
      }
      expect(learnedFrom).toEqual(each.learnedFrom);
      expect(byClassAndLength).toEqual(each.byClassAndLength);
    });

    it(`origins ${each.origins.join(', ')}: catchments when ties go to the lowest ASN`, () => {
      const site = new Int32Array(graph.asCount);
      catchmentByLowestAsn(solver, graph.asn, (index) => each.origins[index]!, site);
      const counts: Record<string, number> = {};
      for (const index of site) if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
      expect(counts).toEqual(each.catchmentLowestNeighbourAsn);
    });
  }
});
