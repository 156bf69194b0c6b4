import { Relation } from '../../topology/index.ts';
import type { AsGraphColumns } from './grouped-as-graph.ts';
import type { PathVectorPolicy } from './path-vector.ts';

/** Local preferences as operators set them; only their order matters. */
const PREFERENCE_OF = {
  [Relation.Customer]: 300,
  [Relation.Peer]: 200,
  [Relation.Provider]: 100,
} as const;

export interface GaoRexfordExceptions {
  /** Import filters: peer locking, route-origin validation. The path's last AS is its origin. */
  readonly accepts?: (as: number, neighbour: number, path: readonly number[]) => boolean;
  /** ASes that tell everybody everything they know (RFC 7908 calls it a route leak). */
  readonly leaks?: (as: number) => boolean;
  /** Extra copies of its ASN that an origin sends to a neighbour. */
  readonly prepends?: (origin: number, neighbour: number) => number;
}

/** The policy that `GaoRexford` solves for, as import and export rules for messages. */
export function gaoRexfordPolicy(
  graph: AsGraphColumns,
  exceptions: GaoRexfordExceptions = {},
): PathVectorPolicy {
  const relations = Array.from({ length: graph.asCount }, (_, as) => relationsOf(graph, as));
  return {
    prefer(as, neighbour, path) {
      if (exceptions.accepts?.(as, neighbour, path) === false) return null;
      return PREFERENCE_OF[relations[as]!.get(neighbour)!];
    },
    tell(as, neighbour, route) {
      if (route.from === as) return exceptions.prepends?.(as, neighbour) ?? 0;
      const isFromCustomer = relations[as]!.get(route.from) === Relation.Customer;
      const isToCustomer = relations[as]!.get(neighbour) === Relation.Customer;
      return isFromCustomer || isToCustomer || exceptions.leaks?.(as) === true ? 0 : null;
    },
  };
}

function relationsOf(graph: AsGraphColumns, as: number): ReadonlyMap<number, Relation> {
  const relations = new Map<number, Relation>();
  for (let link = graph.firstNeighbour[as]!; link < graph.firstNeighbour[as + 1]!; link++) {
    relations.set(graph.neighbour[link]!, graph.neighbourRelation[link] as Relation);
  }
  return relations;
}
