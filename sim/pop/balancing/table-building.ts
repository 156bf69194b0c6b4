import { BuiltPolicy, type Policy } from '../../../balancer/index.ts';
import type { RebuildSpec } from '../../balancing-spec.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ObserverHub } from '../../metrics/observer-hub.ts';

/** Whose tables are built. */
interface Builder {
  readonly kernel: Kernel;
  readonly observers: ObserverHub;
  readonly pop: number;
  /** Over all instances. */
  readonly balancer: number;
}

/** The policy of an instance as one whose tables take time to build; observers hear of builds. */
export function asBuilt(policy: Policy, { kernel, observers, pop, balancer }: Builder) {
  return new BuiltPolicy(policy, {
    buildBegan: () => observers.tableBuild(balancer, true, kernel.nowNs),
    buildEnded: () => observers.tableBuild(balancer, false, kernel.nowNs),
    tableLacks: (sinceNs) => observers.tableLacks(balancer, sinceNs, kernel.nowNs),
    stalePick: () => observers.stalePick(pop, kernel.nowNs),
  });
}

/** At least 1 ns, so that a build ends after what began it. */
export function buildTimeNs({ timeNs, perServerNs, perPairNs }: RebuildSpec, count: number) {
  return Math.max(1, Math.round(timeNs + perServerNs * count + perPairNs * count * count));
}
