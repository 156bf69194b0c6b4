import { assert } from './assert.ts';

/** A route that a router has imported, as its decision process sees it. */
export interface CandidateRoute {
  /** Address of the neighbour, dotted quad. */
  readonly from: string;
  /** Nearest AS first; an AS_SET is an array, and counts as one. */
  readonly asPath: readonly (number | readonly number[])[];
  readonly origin: 'IGP' | 'EGP' | 'INCOMPLETE';
  /** MULTI_EXIT_DISC; lower is preferred. */
  readonly med: number;
  /** Higher is preferred. */
  readonly localPref: number;
  readonly session: 'ebgp' | 'ibgp';
  /** Interior cost to the next hop; null = unreachable; absent = directly connected, 0. */
  readonly igpCost?: number | null;
  /** BGP identifier of the neighbour; its address unless given. */
  readonly routerId?: string;
}

export interface DecisionOptions {
  /** The router's own AS: paths that hold it are loops. */
  readonly asn: number;
  /**
   * MED is comparable between routes of one neighbour AS only. `deterministic` compares within
   * each such group, whatever the order of arrival; `always-compare` compares all with all.
   */
  readonly med?: 'deterministic' | 'always-compare';
}

const ORIGIN_RANK = { IGP: 0, EGP: 1, INCOMPLETE: 2 } as const;

/**
 * The best of a router's candidate routes, or null if none is usable: RFC 4271 §9.1 with the
 * tie-breaks of §9.1.2.2 in order. Each step removes all but the least by one measure. Age of a
 * route (RFC 5004) is not looked at, so the answer does not depend on the order of arrival.
 */
export function decide<Route extends CandidateRoute>(
  routes: readonly Route[],
  options: DecisionOptions,
): Route | null {
  let left = routes.filter((route) => isUsable(route, options.asn));
  left = least(left, (route) => -route.localPref);
  left = least(left, (route) => route.asPath.length);
  left = least(left, (route) => ORIGIN_RANK[route.origin]);
  left =
    options.med === 'always-compare'
      ? least(left, (route) => route.med)
      : left.filter((route) => !left.some((other) => beatsOnMed(other, route)));
  left = least(left, (route) => (route.session === 'ebgp' ? 0 : 1));
  left = least(left, (route) => route.igpCost ?? 0);
  left = least(left, (route) => addressNumber(route.routerId ?? route.from));
  left = least(left, (route) => addressNumber(route.from));
  assert(left.length <= 1, 'two routes of one neighbour: the later replaces the earlier');
  return left[0] ?? null;
}

function isUsable(route: CandidateRoute, asn: number): boolean {
  return route.igpCost !== null && !route.asPath.flat().includes(asn);
}

function beatsOnMed(other: CandidateRoute, route: CandidateRoute): boolean {
  return neighbourAs(other) === neighbourAs(route) && other.med < route.med;
}

/** First AS of the path; a path that begins with an AS_SET, or is empty, has none to compare. */
function neighbourAs(route: CandidateRoute): number | null {
  const first = route.asPath[0];
  return typeof first === 'number' ? first : null;
}

function least<Route>(routes: readonly Route[], measure: (route: Route) => number): Route[] {
  let lowest = Infinity;
  for (const route of routes) lowest = Math.min(lowest, measure(route));
  return routes.filter((route) => measure(route) === lowest);
}

function addressNumber(address: string): number {
  const parts = address.split('.').map(Number);
  assert(
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256),
    `${address} is no IPv4 address`,
  );
  return parts.reduce((number, part) => number * 256 + part, 0);
}
