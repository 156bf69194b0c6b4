import type { Network } from '../../topology/index.ts';
import type { RoutingSpec } from '../world.ts';
import { BgpSessions } from './bgp-sessions.ts';
import type { CatchmentSolver, SolvedPrefixes } from './catchments.ts';
import { unicastPrefixes } from './routing-strategy.ts';

/**
 * RTT of every region to every POP over that POP's own unicast route, all sessions up: the
 * yardstick for how much worse than possible a route is. Without a route: Infinity.
 */
export class UnicastRtts {
  readonly popCount: number;
  readonly rttNs: Float64Array;
  private readonly best: Int32Array;

  constructor(network: Network) {
    this.popCount = network.popCount;
    this.rttNs = new Float64Array(network.regionCount * network.popCount).fill(Infinity);
    this.best = new Int32Array(network.regionCount).fill(-1);
  }

  /**
   * Solves one prefix a POP, announced over the kinds of session that the scenario uses. Returns
   * the solution of each, as strategies that answer with unicast prefixes start from the same.
   */
  measure(solver: CatchmentSolver, network: Network, spec: RoutingSpec): SolvedPrefixes {
    const plain: RoutingSpec = { ...spec, announceFrom: 'all', prepends: {} };
    const sessions = new BgpSessions(network, plain, unicastPrefixes(network));
    return network.popNames.map((_, pop) => {
      const announcements = sessions.announcements(pop);
      const catchment = solver.create();
      solver.update(catchment, announcements);
      catchment.pop.forEach((reached, region) => {
        if (reached < 0) return;
        this.rttNs[region * this.popCount + pop] = 2 * catchment.oneWayNs[region]!;
      });
      return { announcements, catchment };
    });
  }

  of(region: number, pop: number): number {
    return this.rttNs[region * this.popCount + pop]!;
  }

  /** Finds each region's POP of least RTT among those that can serve; ties to the lower index. */
  rank(canServe: (pop: number) => boolean): void {
    for (let region = 0; region < this.best.length; region++) {
      let best = -1;
      for (let pop = 0; pop < this.popCount; pop++) {
        const rttNs = this.of(region, pop);
        if (!canServe(pop) || rttNs === Infinity) continue;
        if (best < 0 || rttNs < this.of(region, best)) best = pop;
      }
      this.best[region] = best;
    }
  }

  /** -1 when no POP that can serve is reachable. */
  bestPop(region: number): number {
    return this.best[region]!;
  }

  bestRttNs(region: number): number {
    const pop = this.best[region]!;
    return pop < 0 ? Infinity : this.of(region, pop);
  }
}
