import type { Network } from '../../topology/index.ts';
import { RouteClass, type Announcements } from './announcements.ts';
import { groupByRelation } from './grouped-as-graph.ts';
import { GaoRexford } from './gao-rexford.ts';
import { createWalk, type HotPotatoWalker } from './hot-potato.ts';

/** ASes kept of each path, from the client's end; the rest is cut (the Internet's mean is 4). */
export const PATH_KEPT = 12;
const NO_POP = -1;

/** Routes of all regions to one prefix. `pop` is -1 without a route. */
export interface RegionRoutes {
  readonly pop: Int32Array;
  readonly oneWayNs: Float64Array;
  readonly hopCount: Uint8Array;
}

export function createRegionRoutes(regionCount: number): RegionRoutes {
  return {
    pop: new Int32Array(regionCount).fill(NO_POP),
    oneWayNs: new Float64Array(regionCount),
    hopCount: new Uint8Array(regionCount),
  };
}

/** The solved state of one prefix: where its routes end when everybody has heard everything. */
export interface Catchment extends RegionRoutes {
  /** AS path of region r: asPath[r × PATH_KEPT …], up to PATH_KEPT entries, then -1. */
  readonly asPath: Int32Array;
  /** Class and length of every AS's best route, packed: what a BGP update would change. */
  readonly asRoute: Uint16Array;
}

/** Prefixes already solved, for whoever announces the same. */
export type SolvedPrefixes = readonly {
  readonly announcements: Announcements;
  readonly catchment: Catchment;
}[];

export interface CatchmentChange {
  /** Regions whose POP, delay or path length differs from before. */
  readonly regions: readonly number[];
  /** Announcements and withdrawals that ASes send on reaching the new state; a lower bound. */
  readonly updateCount: number;
}

/** Solves prefixes and walks every region's packet, with one solver shared by all prefixes. */
export class CatchmentSolver {
  private readonly network: Network;
  private readonly walker: HotPotatoWalker;
  private readonly solver: GaoRexford;
  private readonly walk = createWalk();

  constructor(network: Network, walker: HotPotatoWalker) {
    this.network = network;
    this.walker = walker;
    this.solver = new GaoRexford(groupByRelation(network));
  }

  create(): Catchment {
    return {
      ...createRegionRoutes(this.network.regionCount),
      asPath: new Int32Array(this.network.regionCount * PATH_KEPT).fill(-1),
      asRoute: new Uint16Array(this.network.asCount).fill(RouteClass.None),
    };
  }

  /** The first solution of a prefix: a copy of one already solved, if any has the announcements. */
  solve(announcements: Announcements, solved: SolvedPrefixes): Catchment {
    const same = solved.find((each) => areSame(each.announcements, announcements));
    if (same !== undefined) return copyOf(same.catchment);
    const catchment = this.create();
    this.update(catchment, announcements);
    return catchment;
  }

  /** Replaces `catchment` by the routes under `announcements`; a lost route keeps its old path. */
  update(catchment: Catchment, announcements: Announcements): CatchmentChange {
    this.solver.solve(announcements);
    const regions: number[] = [];
    for (let region = 0; region < this.network.regionCount; region++) {
      if (this.walkFrom(region, catchment)) regions.push(region);
    }
    return { regions, updateCount: this.compareAsRoutes(catchment.asRoute) };
  }

  private walkFrom(region: number, catchment: Catchment): boolean {
    const { walk, network } = this;
    this.walker.walk(this.solver, network.regionAs[region]!, network.regionMetro[region]!, walk);
    if (
      catchment.pop[region] === walk.pop &&
      catchment.oneWayNs[region] === walk.oneWayNs &&
      catchment.hopCount[region] === walk.hopCount
    ) {
      return false;
    }
    catchment.pop[region] = walk.pop;
    catchment.oneWayNs[region] = walk.oneWayNs;
    catchment.hopCount[region] = walk.hopCount;
    const kept = Math.min(walk.hopCount, PATH_KEPT);
    for (let hop = 0; hop < PATH_KEPT && kept > 0; hop++) {
      catchment.asPath[region * PATH_KEPT + hop] = hop < kept ? walk.asPath[hop]! : -1;
    }
    return true;
  }

  /** Every AS whose class or length changed tells each neighbour that may hear its route. */
  private compareAsRoutes(asRoute: Uint16Array): number {
    const { routeClass, length, graph } = this.solver;
    let updateCount = 0;
    for (let as = 0; as < graph.asCount; as++) {
      // Four classes and None in three bits; a length has at most ten (LENGTH_MAX).
      const packed = routeClass[as]! | ((length[as]! & 0x3ff) << 3);
      const before = asRoute[as]!;
      if (packed === before) continue;
      asRoute[as] = packed;
      const best = Math.min(packed & 7, before & 7);
      const end = best <= RouteClass.Customer ? graph.first[as + 1]! : graph.firstPeer[as]!;
      updateCount += end - graph.first[as]!;
    }
    return updateCount;
  }
}

function areSame(a: Announcements, b: Announcements): boolean {
  if (a.count !== b.count) return false;
  for (let i = 0; i < a.count; i++) if (a.length[i] !== b.length[i]) return false;
  return true;
}

function copyOf({ pop, oneWayNs, hopCount, asPath, asRoute }: Catchment): Catchment {
  return {
    pop: pop.slice(),
    oneWayNs: oneWayNs.slice(),
    hopCount: hopCount.slice(),
    asPath: asPath.slice(),
    asRoute: asRoute.slice(),
  };
}
