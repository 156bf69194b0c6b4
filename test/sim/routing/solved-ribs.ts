import { announceFromAses, RouteClass } from '../../../sim/routing/announcements.ts';
import { groupByRelation } from '../../../sim/routing/grouped-as-graph.ts';
import { GaoRexford } from '../../../sim/routing/gao-rexford.ts';
import {
  gaoRexfordPolicy,
  type GaoRexfordExceptions,
} from '../../../sim/routing/gao-rexford-policy.ts';
import { PathVector } from '../../../sim/routing/path-vector.ts';
import { allBestPaths, lowestAsnStep } from '../../../sim/routing/tied-routes.ts';
import { Relation } from '../../../topology/index.ts';
import { linksOf, type AsnGraph } from './as-links.ts';

export interface Announce {
  readonly origin: number;
  readonly prependTo?: Readonly<Record<string, number>>;
}

export interface RibEntry {
  readonly from: string | null;
  /** Sorted; next hop first, origin last with its prepends. */
  readonly paths: readonly (readonly number[])[];
}
/** By ASN. */
export type Rib = Readonly<Record<string, RibEntry>>;

const CLASS_NAMES: Readonly<Record<number, string | null>> = {
  [RouteClass.Own]: 'origin',
  [RouteClass.Customer]: 'customer',
  [RouteClass.Peer]: 'peer',
  [RouteClass.Provider]: 'provider',
  [RouteClass.None]: null,
};

const RELATION_NAMES: Readonly<Record<Relation, string>> = {
  [Relation.Customer]: 'customer',
  [Relation.Peer]: 'peer',
  [Relation.Provider]: 'provider',
};

export function solve(graph: AsnGraph, announce: readonly Announce[]): GaoRexford {
  const solver = new GaoRexford(groupByRelation(graph));
  const origins = announce.map(({ origin, prependTo }) => ({
    as: graph.indexOf(origin),
    prependTo: new Map(
      Object.entries(prependTo ?? {}).map(([asn, count]) => [graph.indexOf(Number(asn)), count]),
    ),
  }));
  solver.solve(announceFromAses(solver.graph, origins));
  return solver;
}

/** Tables of all ASes as the three-phase solver has them. */
export function ribOf(graph: AsnGraph, announce: readonly Announce[], ties: 'lowest' | 'all'): Rib {
  const solver = solve(graph, announce);
  const entries = graph.asns.map((asn, as): [string, RibEntry] => {
    const from = CLASS_NAMES[solver.routeClass[as]!]!;
    const paths =
      ties === 'all'
        ? allBestPaths(solver, as).map((path) => spell(path.via, path.announcement))
        : lowestPath(as);
    return [String(asn), { from, paths: sortedPaths(paths) }];
  });
  return Object.fromEntries(entries);

  function spell(via: readonly number[], announcement: number): number[] {
    const { site, length } = solver.announcements!;
    const origin = announce[site[announcement]!]!.origin;
    const copies = Array.from({ length: length[announcement]! }, () => origin);
    return [...via.map((hop) => graph.asns[hop]!), ...copies];
  }

  function lowestPath(as: number): number[][] {
    const via: number[] = [];
    const originAsn = (site: number) => announce[site]!.origin;
    let at = as;
    for (;;) {
      const step = lowestAsnStep(solver, graph.asns, originAsn, at);
      if (step === -1) return [];
      if (step < -1) return [spell(via, -2 - step)];
      via.push(step);
      at = step;
    }
  }
}

/** The same tables as messages leave them; throws unless they converge. */
export function messageRibOf(
  graph: AsnGraph,
  announce: readonly Announce[],
  ties: 'lowest' | 'all',
  exceptions: GaoRexfordExceptions = {},
): Rib {
  const prepends = (origin: number, neighbour: number) =>
    announce.find((each) => each.origin === graph.asns[origin])?.prependTo?.[
      graph.asns[neighbour]!
    ] ?? 0;
  const engine = new PathVector({
    asCount: graph.asCount,
    links: linksOf(graph),
    policy: gaoRexfordPolicy(graph, { prepends, ...exceptions }),
    ties,
    rank: (as) => graph.asns[as]!,
  });
  for (const { origin } of announce) engine.originate(graph.indexOf(origin));
  if (!engine.run(1_000_000).converged) throw new Error('messages did not converge');
  const entries = graph.asns.map((asn, as): [string, RibEntry] => {
    const best = engine.best(as);
    const isOrigin = best[0]?.from === as;
    const paths = isOrigin ? [] : best.map(({ path }) => path.map((hop) => graph.asns[hop]!));
    const from = isOrigin ? 'origin' : best[0] === undefined ? null : relation(as, best[0].from);
    return [String(asn), { from, paths: sortedPaths(paths) }];
  });
  return Object.fromEntries(entries);

  function relation(as: number, neighbour: number): string {
    for (let link = graph.firstNeighbour[as]!; link < graph.firstNeighbour[as + 1]!; link++) {
      if (graph.neighbour[link] !== neighbour) continue;
      return RELATION_NAMES[graph.neighbourRelation[link] as Relation];
    }
    throw new Error(`AS ${as} has no neighbour ${neighbour}`);
  }
}

export function sortedPaths(paths: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return paths.toSorted((a, b) => {
    const [x, y] = [a.join(' '), b.join(' ')];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}
