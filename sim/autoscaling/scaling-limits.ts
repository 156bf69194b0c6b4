import type { ScalingPolicySpec, ScalingRulesSpec } from '../autoscaling-spec.ts';

/** Replicas added less replicas removed in the last so many ns. */
export type ChangeWithin = (periodNs: number) => number;

/**
 * The most replicas that scaling rules allow now: each policy reckons from what there was when its
 * period began. Per cents are rounded up, so that growth never stops at a small number.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, "Scaling policies"; and
 * `calculateScaleUpLimitWithScalingRules` and its opposite in `horizontal.go`.
 */
export function scaleUpLimit(
  current: number,
  changeWithin: ChangeWithin,
  { select, policies }: ScalingRulesSpec,
): number {
  if (select === 'disabled') return current;
  const limits = policies.map((policy) => {
    const atStart = current - changeWithin(policy.periodNs);
    return policy.kind === 'pods' ? atStart + policy.value : Math.ceil(grown(atStart, policy, 1));
  });
  return Math.max(current, select === 'max' ? Math.max(...limits) : Math.min(...limits));
}

/** The fewest: `max` takes the policy of the greatest change. Per cents are rounded down. */
export function scaleDownLimit(
  current: number,
  changeWithin: ChangeWithin,
  { select, policies }: ScalingRulesSpec,
): number {
  if (select === 'disabled') return current;
  const limits = policies.map((policy) => {
    const atStart = current - changeWithin(policy.periodNs);
    return policy.kind === 'pods' ? atStart - policy.value : Math.floor(grown(atStart, policy, -1));
  });
  return Math.min(current, select === 'max' ? Math.min(...limits) : Math.max(...limits));
}

/** In whole numbers until the division: 10 + 10 % is 11 and not a little more. */
function grown(count: number, { value }: ScalingPolicySpec, sign: 1 | -1): number {
  return (count * (100 + sign * value)) / 100;
}
