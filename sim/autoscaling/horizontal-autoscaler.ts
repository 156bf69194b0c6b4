import type { AutoscalerSpec } from '../autoscaling-spec.ts';
import { desiredReplicas, type ReplicaReading } from './desired-replicas.ts';
import { scaleDownLimit, scaleUpLimit } from './scaling-limits.ts';

export type ScalingSettings = Pick<
  AutoscalerSpec,
  'min' | 'max' | 'target' | 'toleranceRatio' | 'scaleUp' | 'scaleDown'
>;

interface Moment {
  readonly atNs: number;
  /** Replicas recommended, or added less removed. */
  readonly replicas: number;
}

/**
 * The decisions of a HorizontalPodAutoscaler, and the memory that they need: formula, then
 * stabilization, then the rate limits of the policies and the bounds.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, "Configurable scaling behavior".
 */
export class HorizontalAutoscaler {
  private readonly settings: ScalingSettings;
  /** Oldest first; no older than the longest window, or period, that looks at them. */
  private recommendations: readonly Moment[];
  #changes: readonly Moment[] = [];

  /** The number of replicas that it finds is its first recommendation. */
  constructor(settings: ScalingSettings, nowNs: number, current: number) {
    this.settings = settings;
    this.recommendations = [{ atNs: nowNs, replicas: current }];
  }

  /** How many replicas there should be from now on. Time does not run back. */
  sync(nowNs: number, reading: ReplicaReading): number {
    const { target, toleranceRatio } = this.settings;
    const { current } = reading;
    const wanted = desiredReplicas(reading, target, toleranceRatio);
    const next = this.#limited(nowNs, current, this.#stabilized(nowNs, current, wanted));
    if (next !== current) this.#remember(nowNs, next - current);
    return next;
  }

  /** As little as windows ask for: up to the least of one, down to the greatest of the other. */
  #stabilized(nowNs: number, current: number, wanted: number): number {
    const { scaleUp, scaleDown } = this.settings;
    const [upNs, downNs] = [scaleUp.stabilizationWindowNs, scaleDown.stabilizationWindowNs];
    const recent = (windowNs: number) =>
      since(nowNs - windowNs, this.recommendations).map(({ replicas }) => replicas);
    const least = Math.min(wanted, ...recent(upNs));
    const greatest = Math.max(wanted, ...recent(downNs));
    this.recommendations = [
      ...since(nowNs - Math.max(upNs, downNs), this.recommendations),
      { atNs: nowNs, replicas: wanted },
    ];
    return Math.min(Math.max(current, least), greatest);
  }

  #limited(nowNs: number, current: number, wanted: number): number {
    const { min, max, scaleUp, scaleDown } = this.settings;
    const changeWithin = (periodNs: number) =>
      since(nowNs - periodNs, this.#changes).reduce((sum, { replicas }) => sum + replicas, 0);
    if (wanted > current) {
      return Math.min(wanted, max, scaleUpLimit(current, changeWithin, scaleUp));
    }
    if (wanted < current) {
      return Math.max(wanted, min, scaleDownLimit(current, changeWithin, scaleDown));
    }
    return current;
  }

  #remember(nowNs: number, replicas: number): void {
    const { scaleUp, scaleDown } = this.settings;
    const periods = [...scaleUp.policies, ...scaleDown.policies].map(({ periodNs }) => periodNs);
    this.#changes = [
      ...since(nowNs - Math.max(0, ...periods), this.#changes),
      { atNs: nowNs, replicas },
    ];
  }
}

/** What lies after an instant, the instant itself excluded. */
function since(atNs: number, moments: readonly Moment[]): readonly Moment[] {
  return moments.filter((moment) => moment.atNs > atNs);
}
