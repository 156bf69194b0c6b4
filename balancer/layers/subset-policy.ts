import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome } from '../ports.ts';
import { PolicyGroups } from './policy-groups.ts';

/**
 * A policy over a subset of the eligible backends, so that a client need not keep connections to
 * all of them. `choose` gets the ids in ascending order of index and answers with positions.
 */
export class SubsetPolicy implements Policy {
  readonly #choose: (ids: readonly string[]) => readonly number[];
  readonly #groups: PolicyGroups;

  constructor(choose: (ids: readonly string[]) => readonly number[], policy: Policy) {
    this.#choose = choose;
    this.#groups = new PolicyGroups(() => policy);
  }

  rebuild(pool: BackendPool): void {
    const all = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    const positions = this.#choose(all.map((backend) => pool.id(backend)));
    const chosen = positions.map((position) => all[position]!);
    this.#groups.rebuild(pool, [chosen.toSorted((a, b) => a - b)]);
  }

  pick(request: PickRequest): BackendIndex {
    return this.#groups.pick(0, request);
  }

  poolFor(request: PickRequest): BackendPool {
    return this.#groups.poolFor(0, request);
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
