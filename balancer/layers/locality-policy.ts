import { NO_BACKEND, wholePool, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome } from '../ports.ts';
import { EdfScheduler } from '../turns/edf-scheduler.ts';
import { PolicyGroups } from './policy-groups.ts';
import { localityWeight } from './zone-policy.ts';

export interface LocalityPolicyOptions {
  /** Localities are 0 … `weights.length` − 1. */
  readonly localityOf: (backend: BackendIndex) => number;
  readonly weights: readonly number[];
  /** In per cent; Envoy's 140 when absent. */
  readonly overprovisioning?: number;
  /** Chooses within a locality. */
  readonly makePolicy: () => Policy;
}

/**
 * Locality-weighted load balancing around a policy, as Envoy has it: turns among localities,
 * earliest deadline first, by weights that shrink as a locality loses hosts (`localityWeight`).
 */
export class LocalityPolicy implements Policy {
  readonly #options: LocalityPolicyOptions;
  readonly #groups: PolicyGroups;
  readonly #edf = new EdfScheduler('envoy');
  #effective: readonly number[] = [];
  readonly #weightOf = (locality: BackendIndex) => this.#effective[locality]!;

  constructor(options: LocalityPolicyOptions) {
    this.#options = options;
    this.#groups = new PolicyGroups(options.makePolicy);
  }

  rebuild(part: BackendPool): void {
    const pool = wholePool(part, 'localities');
    const { localityOf, weights, overprovisioning } = this.#options;
    const hostCounts = weights.map(() => 0);
    const well: BackendIndex[][] = weights.map(() => []);
    for (let slot = 0; slot < pool.slotCount; slot++) {
      const backend = slot as BackendIndex;
      const isUsable =
        pool.isMember(backend) && pool.isEnabled(backend) && pool.weight(backend) > 0;
      if (!isUsable) continue;
      hostCounts[localityOf(backend)]!++;
      if (pool.isEligible(backend)) well[localityOf(backend)]!.push(backend);
    }
    this.#effective = weights.map((weight, locality) =>
      localityWeight(weight, well[locality]!.length, hostCounts[locality]!, overprovisioning),
    );
    const usable = this.#effective.flatMap((weight, locality) => (weight > 0 ? [locality] : []));
    this.#edf.rebuild(Int32Array.from(usable), this.#weightOf, 0);
    this.#groups.rebuild(pool, well);
  }

  pick(request: PickRequest): BackendIndex {
    const locality = this.#edf.pick(this.#weightOf);
    return locality === NO_BACKEND ? NO_BACKEND : this.#groups.pick(locality, request);
  }

  poolFor(request: PickRequest): BackendPool {
    // NO_BACKEND is no group either.
    return this.#groups.poolFor(this.#edf.pick(this.#weightOf), request);
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
}
