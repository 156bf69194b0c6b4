import {
  NO_BACKEND,
  wholePool,
  type BackendIndex,
  type BackendPool,
  type WholePool,
} from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome, RandomSource } from '../ports.ts';
import { NO_GROUP, PolicyGroups } from './policy-groups.ts';
import { choosePriority, divideByPriority, type PriorityLoad } from './priority-load.ts';

export interface PriorityPolicyOptions {
  /** 0 is the first to be used. */
  readonly priorityOf: (backend: BackendIndex) => number;
  /** Usable, but only when the healthy ones do not suffice; none when absent. */
  readonly isDegraded?: (backend: BackendIndex) => boolean;
  /** In per cent; Envoy's 140 when absent. */
  readonly overprovisioning?: number;
  /** In per cent of available hosts; Envoy's 50 when absent, 0 never panics. */
  readonly panicThreshold?: number;
  /** Chooses within a priority. */
  readonly makePolicy: () => Policy;
  readonly random: RandomSource;
}

/**
 * Priorities around a policy, as Envoy has them: traffic fails over in whole per cents as hosts of
 * a priority are lost. A pool of this policy must not panic itself (threshold 0), because panic is
 * decided here, priority by priority.
 */
export class PriorityPolicy implements Policy {
  readonly #options: PriorityPolicyOptions;
  readonly #groups: PolicyGroups;
  #hostCount = 0;
  #load: PriorityLoad = { healthyPercent: [], degradedPercent: [], isPanicking: [] };

  constructor(options: PriorityPolicyOptions) {
    this.#options = options;
    this.#groups = new PolicyGroups(options.makePolicy);
  }

  /** The division now in force. */
  get load(): PriorityLoad {
    return this.#load;
  }

  rebuild(part: BackendPool): void {
    const pool = wholePool(part, 'priorities');
    const { overprovisioning = 140, panicThreshold = 50, isDegraded = () => false } = this.#options;
    const levels = this.#membersByPriority(pool).map((members) => {
      const well = members.filter((backend) => pool.isEligible(backend));
      const degraded = well.filter(isDegraded);
      return { members, degraded, healthy: well.filter((backend) => !isDegraded(backend)) };
    });
    this.#load = divideByPriority(
      levels.map(({ members, healthy, degraded }) => ({
        hostCount: members.length,
        healthyCount: healthy.length,
        degradedCount: degraded.length,
        excludedCount: 0,
        overprovisioning,
      })),
      panicThreshold,
    );
    this.#hostCount = levels.reduce((count, { members }) => count + members.length, 0);
    // Group 2p is who serves priority p, group 2p + 1 its degraded ones.
    const groups = levels.flatMap(({ members, healthy, degraded }, level) => [
      this.#load.isPanicking[level] ? members : healthy,
      degraded,
    ]);
    this.#groups.rebuild(pool, groups);
  }

  pick(request: PickRequest): BackendIndex {
    if (this.#hostCount === 0) return NO_BACKEND;
    return this.#groups.pick(this.#drawGroup(), request);
  }

  poolFor(request: PickRequest): BackendPool {
    return this.#groups.poolFor(this.#hostCount === 0 ? NO_GROUP : this.#drawGroup(), request);
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
    return choosePriority(this.#load, Math.floor(this.#options.random() * 100));
  }

  /** Enabled members of weight above 0, well or not. */
  #membersByPriority(pool: WholePool): BackendIndex[][] {
    const members: BackendIndex[][] = [];
    for (let slot = 0; slot < pool.slotCount; slot++) {
      const backend = slot as BackendIndex;
      if (!pool.isMember(backend) || !pool.isEnabled(backend) || pool.weight(backend) === 0)
        continue;
      const priority = this.#options.priorityOf(backend);
      while (members.length <= priority) members.push([]);
      members[priority]!.push(backend);
    }
    return members;
  }
}
