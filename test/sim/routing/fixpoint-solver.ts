import { RouteClass, type Announcements } from '../../../sim/routing/announcements.ts';
import { Relation, type Network } from '../../../topology/index.ts';

export interface FixpointRoute {
  readonly routeClass: RouteClass;
  readonly length: number;
  /** Tied next ASes, ascending, and announcements heard at the same class and length. */
  readonly nextHops: readonly number[];
  readonly announcements: readonly number[];
}

/**
 * The slow and obvious way to the same answer: every AS looks at what all neighbours would tell it
 * now and takes the best, over and over until a whole round changes nothing.
 */
export function fixpointRoutes(
  network: Network,
  announcements: Announcements,
): readonly (FixpointRoute | null)[] {
  const routes: (FixpointRoute | null)[] = Array.from({ length: network.asCount }, () => null);
  for (let round = 0; round < 10 * network.asCount; round++) {
    let changed = false;
    for (let as = 0; as < network.asCount; as++) {
      const best = bestRoute(network, announcements, routes, as);
      if (JSON.stringify(best) === JSON.stringify(routes[as])) continue;
      routes[as] = best;
      changed = true;
    }
    if (!changed) return routes;
  }
  throw new Error('no fixpoint');
}

function bestRoute(
  network: Network,
  announcements: Announcements,
  routes: readonly (FixpointRoute | null)[],
  as: number,
): FixpointRoute | null {
  const offers: { routeClass: RouteClass; length: number; next?: number; announcement?: number }[] =
    [];
  for (let i = 0; i < announcements.count; i++) {
    if (announcements.as[i] !== as || announcements.length[i] === 0) continue;
    const routeClass = announcements.routeClass[i] as RouteClass;
    offers.push({ routeClass, length: announcements.length[i]!, announcement: i });
  }
  for (let link = network.firstNeighbour[as]!; link < network.firstNeighbour[as + 1]!; link++) {
    const next = network.neighbour[link]!;
    const route = routes[next];
    const relation = network.neighbourRelation[link];
    if (!route) continue;
    // A neighbour tells its customers everything, and everybody else its customer routes.
    if (relation !== Relation.Provider && route.routeClass !== RouteClass.Customer) continue;
    const routeClass =
      relation === Relation.Customer
        ? RouteClass.Customer
        : relation === Relation.Peer
          ? RouteClass.Peer
          : RouteClass.Provider;
    offers.push({ routeClass, length: route.length + 1, next });
  }
  if (offers.length === 0) return null;
  const routeClass = Math.min(...offers.map((offer) => offer.routeClass)) as RouteClass;
  const inClass = offers.filter((offer) => offer.routeClass === routeClass);
  const length = Math.min(...inClass.map((offer) => offer.length));
  const tied = inClass.filter((offer) => offer.length === length);
  return {
    routeClass,
    length,
    nextHops: tied.flatMap(({ next }) => (next === undefined ? [] : [next])),
    announcements: tied.flatMap(({ announcement }) =>
      announcement === undefined ? [] : [announcement],
    ),
  };
}
