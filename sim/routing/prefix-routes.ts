import type { Timers } from '../../balancer/index.ts';
import type { Network } from '../../topology/index.ts';
import type { BgpSessions } from './bgp-sessions.ts';
import {
  createRegionRoutes,
  PATH_KEPT,
  type Catchment,
  type CatchmentSolver,
  type RegionRoutes,
  type SolvedPrefixes,
} from './catchments.ts';
import type { Convergence } from './convergence.ts';

export interface PrefixRoutesOptions {
  readonly network: Network;
  readonly solver: CatchmentSolver;
  readonly sessions: BgpSessions;
  readonly convergence: Convergence;
  readonly timers: Timers;
  readonly prefixCount: number;
  readonly solved: SolvedPrefixes;
  readonly onRouteChange: (prefix: number, region: number, fromPop: number, toPop: number) => void;
  readonly onBgpUpdates: (count: number) => void;
}

/**
 * Two states of every prefix: `target`, where routes end up, which changes at once; and `live`,
 * where packets go now, which follows region by region as convergence has it. A later change that
 * reaches a region first wins over an earlier one still on its way.
 */
export class PrefixRoutes {
  private readonly options: Omit<PrefixRoutesOptions, 'solved'>;
  private readonly target: Catchment[] = [];
  private readonly current: RegionRoutes[] = [];
  /** By prefix × regionCount + region: the newest change that has reached the region. */
  private readonly reachedBy: Float64Array;
  private changeCount = 0;

  constructor(options: PrefixRoutesOptions) {
    const { solved, ...kept } = options;
    this.options = kept;
    const { network, prefixCount, solver, sessions } = options;
    this.reachedBy = new Float64Array(prefixCount * network.regionCount);
    for (let prefix = 0; prefix < prefixCount; prefix++) {
      const catchment = solver.solve(sessions.announcements(prefix), solved);
      const live = createRegionRoutes(network.regionCount);
      live.pop.set(catchment.pop);
      live.oneWayNs.set(catchment.oneWayNs);
      live.hopCount.set(catchment.hopCount);
      this.target.push(catchment);
      this.current.push(live);
    }
  }

  live(prefix: number): RegionRoutes {
    return this.current[prefix]!;
  }

  /** ASes from the region's to the last before the CDN; null while the route is changing. */
  asPath(prefix: number, region: number): readonly number[] | null {
    const target = this.target[prefix]!;
    const live = this.current[prefix]!;
    const isSettled =
      target.pop[region] === live.pop[region] && target.oneWayNs[region] === live.oneWayNs[region];
    if (!isSettled || target.pop[region]! < 0) return null;
    const first = region * PATH_KEPT;
    return [...target.asPath.subarray(first, first + PATH_KEPT)].filter((as) => as >= 0);
  }

  /** Call after sessions or announcements changed: solves what is affected, starts convergence. */
  announcementsChanged(): void {
    const { sessions, solver, convergence, timers, prefixCount } = this.options;
    const change = ++this.changeCount;
    for (let prefix = 0; prefix < prefixCount; prefix++) {
      if (!sessions.refresh(prefix)) continue;
      const target = this.target[prefix]!;
      const { regions, updateCount } = solver.update(target, sessions.announcements(prefix));
      if (updateCount > 0) this.options.onBgpUpdates(updateCount);
      for (const region of regions) {
        const pop = target.pop[region]!;
        const oneWayNs = target.oneWayNs[region]!;
        const hopCount = target.hopCount[region]!;
        const delayNs = convergence.delayNs(change, target.asPath, region * PATH_KEPT);
        const arrive = () => this.arrive(change, prefix, region, pop, oneWayNs, hopCount);
        if (delayNs === 0) arrive();
        else timers.after(delayNs, arrive);
      }
    }
  }

  private arrive(
    change: number,
    prefix: number,
    region: number,
    pop: number,
    oneWayNs: number,
    hopCount: number,
  ): void {
    const entry = prefix * this.options.network.regionCount + region;
    if (change < this.reachedBy[entry]!) return;
    this.reachedBy[entry] = change;
    const live = this.current[prefix]!;
    const fromPop = live.pop[region]!;
    live.pop[region] = pop;
    live.oneWayNs[region] = oneWayNs;
    live.hopCount[region] = hopCount;
    if (fromPop !== pop) this.options.onRouteChange(prefix, region, fromPop, pop);
  }
}
