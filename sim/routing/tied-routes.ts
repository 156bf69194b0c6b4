import { RouteClass } from './announcements.ts';
import { type GaoRexford, UNREACHED } from './gao-rexford.ts';

/*
 * What a solution says about next hops. A next hop of AS a is a neighbour of the group that a's
 * class names whose route, as exported to a, is one shorter than a's; or a session of an origin
 * that a hears at exactly its own class and length.
 */

/** Whether `next`, from the group of neighbours for the AS's class, is a tied next hop. */
export function isTiedNextHop(solution: GaoRexford, as: number, next: number): boolean {
  if (solution.routeClass[next] === RouteClass.Own) return false; // owners speak by announcements
  const fromProvider = solution.routeClass[as] === RouteClass.Provider;
  const exported = fromProvider ? solution.length[next]! : solution.customerLength[next]!;
  return exported + 1 === solution.length[as]!;
}

/** Whether announcement i is a best route of the AS that hears it. */
export function isTiedAnnouncement(solution: GaoRexford, i: number): boolean {
  const { as, routeClass, length } = solution.announcements!;
  const hearer = as[i]!;
  return (
    length[i] !== 0 &&
    length[i] === solution.length[hearer] &&
    routeClass[i] === solution.routeClass[hearer]
  );
}

/** First position in `graph.neighbour` of the group that AS a's class names. */
export function groupStart(solution: GaoRexford, as: number): number {
  const { graph } = solution;
  const routeClass = solution.routeClass[as]!;
  if (routeClass === RouteClass.Customer) return graph.first[as]!;
  if (routeClass === RouteClass.Peer) return graph.firstPeer[as]!;
  return routeClass === RouteClass.Provider ? graph.firstProvider[as]! : 0;
}

/** End of that group; equal to its start for own routes and without a route. */
export function groupEnd(solution: GaoRexford, as: number): number {
  const { graph } = solution;
  const routeClass = solution.routeClass[as]!;
  if (routeClass === RouteClass.Customer) return graph.firstPeer[as]!;
  if (routeClass === RouteClass.Peer) return graph.firstProvider[as]!;
  return routeClass === RouteClass.Provider ? graph.first[as + 1]! : 0;
}

/** A best path: the ASes after the first, then the announcement by which it enters the origin. */
export interface AsPath {
  readonly via: readonly number[];
  readonly announcement: number;
}

/** Every tied best path of an AS: for small graphs, as their number can be exponential. */
export function allBestPaths(solution: GaoRexford, as: number): AsPath[] {
  const paths: AsPath[] = [];
  if (solution.length[as] === UNREACHED || solution.length[as] === 0) return paths;
  for (let i = solution.firstHeard[as]!; i >= 0; i = solution.nextHeard[i]!) {
    if (isTiedAnnouncement(solution, i)) paths.push({ via: [], announcement: i });
  }
  for (let link = groupStart(solution, as); link < groupEnd(solution, as); link++) {
    const next = solution.graph.neighbour[link]!;
    if (!isTiedNextHop(solution, as, next)) continue;
    for (const rest of allBestPaths(solution, next)) {
      paths.push({ via: [next, ...rest.via], announcement: rest.announcement });
    }
  }
  return paths;
}

const UNKNOWN = -2;

/**
 * Which site each AS reaches when ties go to the neighbour of lowest ASN: `site[as]`, -1 without a
 * route or for owners. `originAsn(site)` ranks a direct session among neighbours. Linear in the
 * graph. This is the tie-break of published reference results; the simulator's own is early exit.
 */
export function catchmentByLowestAsn(
  solution: GaoRexford,
  asn: ArrayLike<number>,
  originAsn: (site: number) => number,
  site: Int32Array,
): void {
  const chain = new Uint32Array(solution.graph.asCount);
  site.fill(UNKNOWN);
  for (let start = 0; start < solution.graph.asCount; start++) {
    let length = 0;
    let as = start;
    let found = site[as]!;
    while (found === UNKNOWN) {
      chain[length++] = as;
      const step = lowestAsnStep(solution, asn, originAsn, as);
      if (step < 0) {
        found = step === NOWHERE ? -1 : solution.announcements!.site[-2 - step]!;
      } else {
        as = step;
        found = site[as]!;
      }
    }
    while (length > 0) site[chain[--length]!] = found;
  }
}

const NOWHERE = -1;

/** Next AS towards the lowest ASN; NOWHERE; or -2 - i to leave by announcement i. */
export function lowestAsnStep(
  solution: GaoRexford,
  asn: ArrayLike<number>,
  originAsn: (site: number) => number,
  as: number,
): number {
  let step = NOWHERE;
  const end = groupEnd(solution, as);
  for (let link = groupStart(solution, as); link < end; link++) {
    const next = solution.graph.neighbour[link]!;
    if (!isTiedNextHop(solution, as, next)) continue;
    step = next; // neighbours ascend by ASN: the first is the lowest
    break;
  }
  let lowest = step === NOWHERE ? Infinity : asn[step]!;
  for (let i = solution.firstHeard[as]!; i >= 0; i = solution.nextHeard[i]!) {
    if (!isTiedAnnouncement(solution, i)) continue;
    const candidate = originAsn(solution.announcements!.site[i]!);
    if (candidate >= lowest) continue;
    lowest = candidate;
    step = -2 - i;
  }
  return step;
}
