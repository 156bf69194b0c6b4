import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome, RandomSource } from '../ports.ts';
import { PolicyGroups } from './policy-groups.ts';
import {
  chooseZone,
  isZoneAware,
  routeByZone,
  zoneShares,
  type ZoneRouting,
} from './zone-routing.ts';

export interface ZonePolicyOptions {
  /** Zones are 0 … `clientCounts.length` − 1. */
  readonly zoneOf: (backend: BackendIndex) => number;
  readonly ownZone: number;
  /** Balancers like this one in each zone. */
  readonly clientCounts: readonly number[];
  /** Fewer backends than this, and zones are ignored; Envoy's 6 when absent. */
  readonly minClusterSize?: number;
  /** Chooses within a zone. */
  readonly makePolicy: () => Policy;
  readonly random: RandomSource;
}

/** Zone-aware routing around a policy: see `routeByZone`. */
export class ZonePolicy implements Policy {
  readonly #options: ZonePolicyOptions;
  readonly #groups: PolicyGroups;
  /** Undefined when zones are ignored. */
  #routing: ZoneRouting | undefined;

  constructor(options: ZonePolicyOptions) {
    this.#options = options;
    this.#groups = new PolicyGroups(options.makePolicy);
  }

  rebuild(pool: BackendPool): void {
    const { zoneOf, ownZone, clientCounts } = this.#options;
    const zones: BackendIndex[][] = clientCounts.map(() => []);
    const everybody: BackendIndex[] = [];
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      everybody.push(backend);
      zones[zoneOf(backend)]!.push(backend);
    }
    const backendCounts = zones.map((zone) => zone.length);
    this.#routing = isZoneAware({ ...this.#options, backendCounts })
      ? routeByZone({
          clientShares: zoneShares(clientCounts),
          backendShares: zoneShares(backendCounts),
          ownZone,
        })
      : undefined;
    this.#groups.rebuild(pool, [...zones, everybody]);
  }

  pick(request: PickRequest): BackendIndex {
    return this.#groups.pick(this.#drawGroup(), request);
  }

  poolFor(request: PickRequest): BackendPool {
    return this.#groups.poolFor(this.#drawGroup(), request);
  }

  onStart(backend: BackendIndex, nowNs: number): void {
    this.#groups.onStart(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    this.#groups.onFinish(backend, outcome, latencyNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    this.#groups.onReport(backend, report, nowNs);
  }

  #drawGroup(): number {
    const { ownZone, random, clientCounts } = this.#options;
    const zone = this.#routing === undefined ? -1 : chooseZone(this.#routing, ownZone, random);
    // The group behind those of the zones is everybody.
    return zone < 0 ? clientCounts.length : zone;
  }
}

/**
 * Locality-weighted routing (Envoy): the weight of a locality shrinks as its hosts are lost, with
 * 140 % overprovisioning: weight × min(1, 1.4 · healthy ÷ total).
 */
export function localityWeight(
  weight: number,
  healthyCount: number,
  hostCount: number,
  overprovisioning = 140,
): number {
  if (hostCount === 0) return 0;
  return weight * Math.min(1, (overprovisioning / 100) * (healthyCount / hostCount));
}
