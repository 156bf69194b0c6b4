import { readFileSync } from 'node:fs';
import { Relation } from '../../../topology/index.ts';
import type { AsGraphColumns } from '../../../sim/routing/grouped-as-graph.ts';

/** [a, b, 'p2c'] = a is provider of b. */
export type AsLink = readonly [number, number, string];

export interface AsnGraph extends AsGraphColumns {
  /** Ascending; AS index = position. */
  readonly asns: readonly number[];
  indexOf(asn: number): number;
}

/** Columns from a list of links between AS numbers. */
export function graphFromLinks(links: readonly AsLink[]): AsnGraph {
  const asns = [...new Set(links.flatMap(([a, b]) => [a, b]))].sort((a, b) => a - b);
  const indexOf = new Map(asns.map((asn, index) => [asn, index]));
  const degree = new Uint32Array(asns.length + 1);
  for (const [a, b] of links) {
    degree[indexOf.get(a)! + 1]! += 1;
    degree[indexOf.get(b)! + 1]! += 1;
  }
  const firstNeighbour = degree.map((_, as) => degree.slice(0, as + 1).reduce((x, y) => x + y, 0));
  const rows = asns.map((): { as: number; relation: Relation }[] => []);
  for (const [a, b, kind] of links) {
    const isPeering = kind === 'p2p';
    const [ai, bi] = [indexOf.get(a)!, indexOf.get(b)!];
    rows[ai]!.push({ as: bi, relation: isPeering ? Relation.Peer : Relation.Customer });
    rows[bi]!.push({ as: ai, relation: isPeering ? Relation.Peer : Relation.Provider });
  }
  for (const row of rows) row.sort((x, y) => x.as - y.as);
  return {
    asns,
    indexOf: (asn) => indexOf.get(asn)!,
    asCount: asns.length,
    firstNeighbour,
    neighbour: Uint32Array.from(rows.flat(), ({ as }) => as),
    neighbourRelation: Uint8Array.from(rows.flat(), ({ relation }) => relation),
  };
}

export function linksOf(graph: AsGraphColumns): [number, number][] {
  const links: [number, number][] = [];
  for (let as = 0; as < graph.asCount; as++) {
    for (let link = graph.firstNeighbour[as]!; link < graph.firstNeighbour[as + 1]!; link++) {
      if (graph.neighbour[link]! > as) links.push([as, graph.neighbour[link]!]);
    }
  }
  return links;
}

/** A file of `test/vectors/bgp`; each says where its figures come from. */
export function bgpVectors<Shape>(name: string): Shape {
  const file = new URL(`../../vectors/bgp/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Shape;
}
