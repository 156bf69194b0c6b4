import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import { PoolView } from '../pools/pool-view.ts';
import type { LoadReport, Outcome } from '../ports.ts';

/** A group that there is not. */
export const NO_GROUP = -1;

const NOBODY = new PoolView({ slotCount: 0 } as BackendPool, []);

/** One policy for each group of backends, made when the group first appears. */
export class PolicyGroups {
  readonly #makePolicy: () => Policy;
  readonly #policies: Policy[] = [];
  #views: readonly PoolView[] = [];

  constructor(makePolicy: () => Policy) {
    this.#makePolicy = makePolicy;
  }

  /** Gives group `i` the backends `groups[i]`, each in ascending order. */
  rebuild(pool: BackendPool, groups: readonly (readonly BackendIndex[])[]): void {
    while (this.#policies.length < groups.length) this.#policies.push(this.#makePolicy());
    this.#views = this.#policies.map((_, i) => new PoolView(pool, groups[i] ?? []));
    this.#policies.forEach((policy, i) => policy.rebuild(this.#views[i]!));
  }

  /** Where the policy of a group would choose. */
  poolFor(group: number, request: PickRequest): BackendPool {
    return this.#policies[group]?.poolFor?.(request) ?? this.#views[group] ?? NOBODY;
  }

  pick(group: number, request: PickRequest): BackendIndex {
    return this.#policies[group]?.pick(request) ?? NO_BACKEND;
  }

  // All of them hear of everything: a backend may stand in several groups, or change its group
  // between the start and the end of a request.

  onStart(backend: BackendIndex, nowNs: number): void {
    for (const policy of this.#policies) policy.onStart?.(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    for (const policy of this.#policies) policy.onFinish?.(backend, outcome, latencyNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    for (const policy of this.#policies) policy.onReport?.(backend, report, nowNs);
  }
}
