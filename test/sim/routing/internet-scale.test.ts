import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { announceFromAses, RouteClass } from '../../../sim/routing/announcements.ts';
import { GaoRexford, UNREACHED } from '../../../sim/routing/gao-rexford.ts';
import { groupByRelation } from '../../../sim/routing/grouped-as-graph.ts';
import { catchmentByLowestAsn } from '../../../sim/routing/tied-routes.ts';
import { importAsRelationships } from '../../../topology/import/import-as-relationships.ts';
import { bgpVectors } from './as-links.ts';

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
if (!isHere) console.log('skipped: internet-scale needs CAIDA as-rel2 2019-12-01 beside the repository');

describe.skipIf(!isHere)('internet-scale-20191201', () => {
  const load = () => {
    const imported = importAsRelationships(readFileSync(GRAPH));
    if (!imported.ok) throw new Error(imported.message);
    return imported.value.graph;
  };
  const graph = isHere ? load() : null!;
  const solver = isHere ? new GaoRexford(groupByRelation(graph)) : null!;

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
