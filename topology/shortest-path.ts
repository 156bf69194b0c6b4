/**
 * Shortest ways over the backbone, by latency, from one POP to all (Dijkstra 1959).
 *
 * A solver is made once for a network and owns its adjacency and its heap; the result is the
 * caller's, so a call allocates nothing. Equal lengths are decided by the lower link index.
 */

import FlatQueue from 'flatqueue';
import type { LinkIndex, Network, PopIndex } from './network.ts';

/** No way, or the source itself. */
export const NO_LINK = -1 as LinkIndex;

/** One entry a POP, seen from one source. */
export interface ShortestPaths {
  /** One-way latency; Infinity where there is no way. */
  readonly distanceNs: Float64Array;
  /** First link on the way from the source; `NO_LINK` for the source and where there is no way. */
  readonly firstLink: Int32Array;
  /** Last link on the way, from which the way can be walked back. */
  readonly lastLink: Int32Array;
}

export function createShortestPaths(popCount: number): ShortestPaths {
  return {
    distanceNs: new Float64Array(popCount),
    firstLink: new Int32Array(popCount),
    lastLink: new Int32Array(popCount),
  };
}

export class ShortestPathSolver {
  private readonly network: Network;
  /** Links of POP p: popLink[firstLink[p]] … popLink[firstLink[p + 1]], ascending. */
  private readonly firstPopLink: Uint32Array;
  private readonly popLink: Uint32Array;
  private readonly isSettled: Uint8Array;
  private readonly queue = new FlatQueue<number>();

  constructor(network: Network) {
    const { popCount, linkCount, linkPopA, linkPopB } = network;
    this.network = network;
    this.firstPopLink = new Uint32Array(popCount + 1);
    this.popLink = new Uint32Array(2 * linkCount);
    this.isSettled = new Uint8Array(popCount);
    for (let link = 0; link < linkCount; link++) {
      this.firstPopLink[linkPopA[link]! + 1]!++;
      this.firstPopLink[linkPopB[link]! + 1]!++;
    }
    for (let pop = 0; pop < popCount; pop++) this.firstPopLink[pop + 1]! += this.firstPopLink[pop]!;
    const write = this.firstPopLink.slice();
    for (let link = 0; link < linkCount; link++) {
      this.popLink[write[linkPopA[link]!]!++] = link;
      this.popLink[write[linkPopB[link]!]!++] = link;
    }
  }

  /**
   * Fills `out` with the ways from `source` over links that are up. `latencyNs` replaces the
   * network's latencies where some links are slower than built.
   */
  solveInto(
    out: ShortestPaths,
    source: PopIndex,
    isLinkUp: (link: LinkIndex) => boolean = () => true,
    latencyNs: Float64Array = this.network.linkLatencyNs,
  ): void {
    const { distanceNs, firstLink, lastLink } = out;
    const { isSettled, queue } = this;
    distanceNs.fill(Infinity);
    firstLink.fill(NO_LINK);
    lastLink.fill(NO_LINK);
    isSettled.fill(0);
    queue.clear();
    distanceNs[source] = 0;
    queue.push(source, 0);
    for (let pop = queue.pop(); pop !== undefined; pop = queue.pop()) {
      if (isSettled[pop] === 1) continue;
      isSettled[pop] = 1;
      for (let slot = this.firstPopLink[pop]!; slot < this.firstPopLink[pop + 1]!; slot++) {
        const link = this.popLink[slot]! as LinkIndex;
        if (!isLinkUp(link)) continue;
        const next = this.otherEnd(link, pop);
        const throughNs = distanceNs[pop]! + latencyNs[link]!;
        const isTie = throughNs === distanceNs[next] && isSettled[next] === 0;
        if (!(throughNs < distanceNs[next]!) && !(isTie && link < lastLink[next]!)) continue;
        distanceNs[next] = throughNs;
        lastLink[next] = link;
        firstLink[next] = pop === source ? link : firstLink[pop]!;
        queue.push(next, throughNs);
      }
    }
  }

  /** Links from the source of `paths` to `target` in order; null where there is no way. */
  pathTo(paths: ShortestPaths, target: PopIndex): readonly LinkIndex[] | null {
    if (paths.distanceNs[target] === Infinity) return null;
    const path: LinkIndex[] = [];
    let pop: number = target;
    for (;;) {
      const link = paths.lastLink[pop]! as LinkIndex;
      if (link === NO_LINK) return path.reverse();
      path.push(link);
      pop = this.otherEnd(link, pop);
    }
  }

  private otherEnd(link: number, pop: number): number {
    const { linkPopA, linkPopB } = this.network;
    return linkPopA[link] === pop ? linkPopB[link]! : linkPopA[link]!;
  }
}
