import type { BgpSpec } from '../world.ts';
import { PATH_KEPT } from './catchments.ts';

/** Bidirectional Forwarding Detection as commonly set: three missed packets, 300 ms apart. */
export const BFD_DETECTION_NS = 3 * 300_000_000;

/**
 * Share of BGP sessions on which updates wait for the MinRouteAdvertisementInterval (RFC 4271
 * §9.2.1.1); modern routers often run it at 0. Calibrated: with an MRAI of 30 s and processing of
 * 0.25 … 2 s, a prefix new from one POP of `global-24` reaches regions, counted from the first,
 * at p50 16.2 s, p90 41.0 s, p95 49.8 s, p99 64.6 s. RIPE RIS peers took 18, 45, 50 and 65 s for
 * YouTube's new /24 on 2008-02-24.
 */
export const MRAI_PACED_RATIO = 0.4;

/** A named stream of random numbers, uniform in [0, 1): see `sim/kernel/random.ts`. */
export type Streams = (purpose: string, entity: string | number) => () => number;

/** When a region's route follows a change: the delay after the change reached BGP, ns. */
export interface Convergence {
  /** `asPath[offset …]`: ASes from the region's to the one that heard the change first, then -1. */
  delayNs(change: number, asPath: Int32Array, offset: number): number;
}

/** Everybody knows at once: for laboratories. */
export const instantConvergence: Convergence = { delayNs: () => 0 };

/**
 * Each AS hears of a change after its neighbour nearer to the origin does, later by a processing
 * time and, on some sessions, the rest of an MRAI period. Delays belong to (change, AS), so
 * regions whose paths share ASes learn in the order of the path. Leaves out path exploration:
 * withdrawals with no alternative take longer in reality (Labovitz et al. 2000).
 */
export class PerHopConvergence implements Convergence {
  private readonly bgp: () => BgpSpec;
  private readonly random: Streams;
  private change = -1;
  private readonly hopDelayNs = new Map<number, number>();

  constructor(bgp: () => BgpSpec, random: Streams) {
    this.bgp = bgp;
    this.random = random;
  }

  delayNs(change: number, asPath: Int32Array, offset: number): number {
    if (change !== this.change) {
      this.change = change;
      this.hopDelayNs.clear();
    }
    let sum = 0;
    for (let hop = 0; hop < PATH_KEPT; hop++) {
      const as = asPath[offset + hop]!;
      if (as < 0) break;
      sum += this.hopNs(as);
    }
    return sum;
  }

  private hopNs(as: number): number {
    const known = this.hopDelayNs.get(as);
    if (known !== undefined) return known;
    const { propagationLowNs, propagationHighNs, mraiNs } = this.bgp();
    const draw = this.random('bgp', `${this.change}/${as}`);
    const processing = propagationLowNs + draw() * (propagationHighNs - propagationLowNs);
    // Both are drawn always, so that the share can change without moving other draws.
    const isPaced = draw() < MRAI_PACED_RATIO;
    const waitNs = draw() * mraiNs;
    const delay = Math.round(processing + (isPaced ? waitNs : 0));
    this.hopDelayNs.set(as, delay);
    return delay;
  }
}

/**
 * How long a neighbour takes to notice that the far end of a session lost power. By BFD, or when
 * the hold timer runs out: it was last restarted by a keepalive, sent every third of the hold
 * time, so what is left is uniform in (2/3, 1] of it (RFC 4271 §4.4, §10).
 */
export function detectionDelayNs(bgp: BgpSpec, draw: () => number): number {
  if (bgp.bfd) return BFD_DETECTION_NS;
  return Math.round(bgp.holdTimerNs * (1 - draw() / 3));
}
