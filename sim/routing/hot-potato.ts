import { propagationNs, type Network } from '../../topology/index.ts';
import { assert } from './assert.ts';
import { type GaoRexford, UNREACHED } from './gao-rexford.ts';
import { HandOffs } from './hand-offs.ts';
import type { MetroDistances } from './metro-distances.ts';
import { groupEnd, groupStart, isTiedAnnouncement, isTiedNextHop } from './tied-routes.ts';

/** Router and cross-connect time of passing from one AS to the next, one way (models.md, Delay). */
export const HAND_OFF_NS = 400_000;
/** Longest walk: best paths of the real Internet have up to 17 ASes; this many is a bug. */
export const HOP_MAX = 64;

/**
 * What one walk leaves. `asPath` starts with the region's AS and ends with the AS that hands over
 * to the CDN; `metroPath[i]` is where the packet is when it enters `asPath[i]`, and
 * `metroPath[hopCount]` is the POP's metro. Only the first `hopCount` (+ 1) entries count.
 */
export interface Walk {
  /** -1: no route. */
  pop: number;
  oneWayNs: number;
  /** ASes on the way = hand-offs, the one into the CDN included. */
  hopCount: number;
  readonly asPath: Int32Array;
  readonly metroPath: Int32Array;
}

export function createWalk(): Walk {
  return {
    pop: -1,
    oneWayNs: 0,
    hopCount: 0,
    asPath: new Int32Array(HOP_MAX),
    metroPath: new Int32Array(HOP_MAX + 1),
  };
}

/**
 * Follows a packet from (AS, metro) to a POP along a solution. At each AS all tied next hops and
 * sessions into the CDN compete: the hand-off nearest to where the packet is wins; ties by lower
 * metro index, then sessions into the CDN before other ASes, then lower POP index or ASN.
 */
export class HotPotatoWalker {
  private readonly network: Network;
  private readonly distances: MetroDistances;
  private readonly handOffs: HandOffs;

  constructor(network: Network, distances: MetroDistances) {
    this.network = network;
    this.distances = distances;
    this.handOffs = new HandOffs(network, distances);
  }

  /** Fills `walk`. Sites of the solution's announcements are POPs. */
  walk(solution: GaoRexford, fromAs: number, fromMetro: number, walk: Walk): void {
    const { metroCount } = this.distances;
    let as = fromAs;
    let metro = fromMetro;
    let km = 0;
    walk.pop = -1;
    walk.hopCount = 0;
    walk.oneWayNs = 0;
    if (solution.length[as] === UNREACHED) return;
    for (let hop = 0; ; hop++) {
      assert(hop < HOP_MAX, 'a packet walks in a loop');
      walk.asPath[hop] = as;
      walk.metroPath[hop] = metro;
      const pop = this.nearestPop(solution, as, metro);
      const popMetro = pop < 0 ? -1 : this.network.popMetro[pop]!;
      const popKm = pop < 0 ? Infinity : this.distances.between(metro, popMetro);
      const link = this.nearestLink(solution, as, metro, popKm, popMetro);
      if (link < 0) {
        assert(pop >= 0, 'a route leads nowhere');
        km += popKm;
        walk.hopCount = hop + 1;
        walk.metroPath[hop + 1] = popMetro;
        walk.pop = pop;
        walk.oneWayNs = propagationNs(km) + walk.hopCount * HAND_OFF_NS;
        return;
      }
      const next = solution.graph.neighbour[link]!;
      const handOff = this.handOffs.find(link, as, next, metro);
      const leave = (handOff / metroCount) | 0;
      const enter = handOff % metroCount;
      km += this.distances.between(metro, leave) + this.distances.between(leave, enter);
      as = next;
      metro = enter;
    }
  }

  private nearestPop(solution: GaoRexford, as: number, metro: number): number {
    const { popMetro } = this.network;
    let best = -1;
    let bestKm = Infinity;
    for (let i = solution.firstHeard[as]!; i >= 0; i = solution.nextHeard[i]!) {
      if (!isTiedAnnouncement(solution, i)) continue;
      const pop = solution.announcements!.site[i]!;
      const km = this.distances.between(metro, popMetro[pop]!);
      if (km > bestKm) continue;
      if (km === bestKm && !this.isBefore(pop, best)) continue;
      bestKm = km;
      best = pop;
    }
    return best;
  }

  private isBefore(pop: number, other: number): boolean {
    const { popMetro } = this.network;
    if (popMetro[pop] !== popMetro[other]) return popMetro[pop]! < popMetro[other]!;
    return pop < other;
  }

  /** Link to the tied neighbour with the nearest hand-off, if it beats the POP's; else -1. */
  private nearestLink(
    solution: GaoRexford,
    as: number,
    metro: number,
    popKm: number,
    popMetro: number,
  ): number {
    const { metroCount } = this.distances;
    let best = -1;
    let bestKm = popKm;
    let bestMetro = popMetro;
    const end = groupEnd(solution, as);
    for (let link = groupStart(solution, as); link < end; link++) {
      const next = solution.graph.neighbour[link]!;
      if (!isTiedNextHop(solution, as, next)) continue;
      const leave = (this.handOffs.find(link, as, next, metro) / metroCount) | 0;
      const km = this.distances.between(metro, leave);
      // Neighbours ascend by ASN, so an equal one that comes later loses.
      if (km > bestKm || (km === bestKm && leave >= bestMetro)) continue;
      bestKm = km;
      bestMetro = leave;
      best = link;
    }
    return best;
  }
}
