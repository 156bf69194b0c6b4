/** What an autoscaler knows of its servers at a sync. */
export interface ReplicaReading {
  /** Replicas asked for, those that are starting included. */
  readonly current: number;
  /** Replicas with a metric of their own. */
  readonly ready: number;
  /** Sum of the metric over them: busy slots, or requests inside. */
  readonly usage: number;
  /** What the sum is divided by: their slots, or their number. */
  readonly capacity: number;
  /** Replicas without a metric yet, and what they would add to the divisor. */
  readonly unready: number;
  readonly unreadyCapacity: number;
}

/** Far above the rounding of a few double operations, far below any share of a server. */
const ROUNDING = 1e-9;

/**
 * The formula of the HorizontalPodAutoscaler: ⌈replicas × metric ÷ target⌉, and the present number
 * while the ratio is within 1 ± tolerance. Before more are asked for, replicas that are not ready
 * count as idle; if that takes the reason away, nothing changes. Not clamped to any bounds.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, "Algorithm details".
 */
export function desiredReplicas(
  reading: ReplicaReading,
  target: number,
  toleranceRatio: number,
): number {
  const { current, ready, usage, capacity, unready, unreadyCapacity } = reading;
  if (ready === 0 || capacity === 0) return current;
  const isNear = (ratio: number) => Math.abs(1 - ratio) <= toleranceRatio + ROUNDING;
  const ratio = usage / capacity / target;
  if (unready === 0 || ratio <= 1) return isNear(ratio) ? current : replicas(ratio, ready);
  const damped = usage / (capacity + unreadyCapacity) / target;
  if (isNear(damped) || damped < 1) return current;
  return Math.max(current, replicas(damped, ready + unready));
}

function replicas(ratio: number, count: number): number {
  return Math.max(0, Math.ceil(ratio * count - ROUNDING));
}
