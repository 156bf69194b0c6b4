import type { Network } from '../../topology/index.ts';
import type { MetroDistances } from './metro-distances.ts';

/**
 * Where a packet passes from one AS to the next: at the metro in common nearest to where it is
 * (early exit, "hot potato"); over the closest pair of metros when the two share none. An AS
 * whose metros are unknown is taken to be wherever its neighbour is.
 *
 * The answer depends on the two ASes and the packet's metro only, never on the prefix, so each is
 * found once and kept: `metroCount` entries for every pair of ASes that some packet has crossed.
 */
export class HandOffs {
  private readonly network: Network;
  private readonly distances: MetroDistances;
  private readonly byLink: (Int32Array | undefined)[];
  private readonly pairs: ({ leave: number; enter: number } | null | undefined)[];

  constructor(network: Network, distances: MetroDistances) {
    this.network = network;
    this.distances = distances;
    this.byLink = Array.from({ length: network.neighbour.length });
    this.pairs = Array.from({ length: network.neighbour.length });
  }

  /**
   * Metros of the hand-off of a packet at `metro` from one AS to another over `link`, a number that
   * stands for the pair (its position in the grouped graph): leave × metroCount + enter.
   */
  find(link: number, from: number, to: number, metro: number): number {
    const found = (this.byLink[link] ??= new Int32Array(this.distances.metroCount).fill(-1));
    if (found[metro] === -1) found[metro] = this.search(link, from, to, metro);
    return found[metro]!;
  }

  private search(link: number, from: number, to: number, metro: number): number {
    const { metroCount } = this.distances;
    const common = this.nearestCommon(from, to, metro);
    if (common >= 0) return common * metroCount + common;
    let pair = this.pairs[link];
    if (pair === undefined) pair = this.pairs[link] = this.closestPair(from, to);
    return pair === null ? metro * metroCount + metro : pair.leave * metroCount + pair.enter;
  }

  /** Nearest metro where both are, ties by lower index; -1 if there is none. */
  private nearestCommon(from: number, to: number, metro: number): number {
    const { firstAsMetro, asMetro } = this.network;
    let i = firstAsMetro[from]!;
    let j = firstAsMetro[to]!;
    const iEnd = firstAsMetro[from + 1]!;
    const jEnd = firstAsMetro[to + 1]!;
    if (i === iEnd && j < jEnd) return this.nearestOf(to, metro);
    if (j === jEnd && i < iEnd) return this.nearestOf(from, metro);
    let best = -1;
    let bestKm = Infinity;
    while (i < iEnd && j < jEnd) {
      const a = asMetro[i]!;
      const b = asMetro[j]!;
      if (a === b) {
        const km = this.distances.between(metro, a);
        if (km < bestKm) {
          bestKm = km;
          best = a;
        }
      }
      if (a <= b) i++;
      if (b <= a) j++;
    }
    return best;
  }

  private nearestOf(as: number, metro: number): number {
    const { firstAsMetro, asMetro } = this.network;
    let best = -1;
    let bestKm = Infinity;
    for (let i = firstAsMetro[as]!; i < firstAsMetro[as + 1]!; i++) {
      const km = this.distances.between(metro, asMetro[i]!);
      if (km >= bestKm) continue;
      bestKm = km;
      best = asMetro[i]!;
    }
    return best;
  }

  private closestPair(from: number, to: number): { leave: number; enter: number } | null {
    const { firstAsMetro, asMetro } = this.network;
    let pair: { leave: number; enter: number } | null = null;
    let bestKm = Infinity;
    for (let i = firstAsMetro[from]!; i < firstAsMetro[from + 1]!; i++) {
      for (let j = firstAsMetro[to]!; j < firstAsMetro[to + 1]!; j++) {
        const km = this.distances.between(asMetro[i]!, asMetro[j]!);
        if (km >= bestKm) continue;
        bestKm = km;
        pair = { leave: asMetro[i]!, enter: asMetro[j]! };
      }
    }
    return pair;
  }
}
