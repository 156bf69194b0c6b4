import type {
  AffinitySettings,
  LimitSettings,
  RetryBudgetSettings,
  RetrySettings,
} from '../../dispatching/dispatch-settings.ts';
import type { SlowStartSettings } from '../../layers/slow-start.ts';
import type { LoadBandSettings, SubsetSettings } from '../../subsetting/index.ts';
import type { PrioritySettings, ZoneSettings } from '../policy-layers.ts';
import type { Layers } from './layer-shape.ts';

// From the keys as people write them to settings in base units; undefined where absent.

/**
 * A load band follows each request, so it stands around the policy; other subsets depend on who is
 * a member, and are settled by the cluster.
 */
export function subsetSettings({ subset }: Layers): {
  readonly subset?: SubsetSettings;
  readonly loadBand?: Pick<LoadBandSettings, 'minAperture'>;
} {
  if (subset === undefined) return {};
  const { kind, size } = subset;
  return kind === 'load-band' ? { loadBand: { minAperture: size } } : { subset: { kind, size } };
}

export function prioritySettings({ priorities }: Layers): PrioritySettings | undefined {
  if (priorities === undefined || priorities === false) return undefined;
  if (priorities === true) return ENVOY_DEFAULTS;
  const { overprovisioning, panic_threshold: threshold } = priorities;
  return { overprovisioning, panicThreshold: threshold * 100 };
}

/** Per cent: Envoy's own, where a layer does not ask. */
const ENVOY_DEFAULTS = { overprovisioning: 140, panicThreshold: 50 };

/** The first of the three, where several are written; `layerContradictions` refuses that. */
export function zoneSettings(layers: Layers): ZoneSettings | undefined {
  const { zone_aware: aware, locality_weighted: weighted, locality_failover: failover } = layers;
  const none = { instances: ['-'], minClusterSize: 6, weights: {}, ...ENVOY_DEFAULTS };
  if (aware !== undefined) {
    const { instances, min_cluster_size: minClusterSize } = aware;
    return { ...none, kind: 'zone-aware', instances, minClusterSize };
  }
  if (weighted !== undefined) {
    const { weights, overprovisioning } = weighted;
    return { ...none, kind: 'locality-weighted', weights, overprovisioning };
  }
  if (failover === undefined) return undefined;
  const { instances, overprovisioning, panic_threshold: threshold } = failover;
  const panicThreshold = threshold * 100;
  return { ...none, kind: 'locality-failover', instances, overprovisioning, panicThreshold };
}

/** `short`: the window of `health.slow_start`, where `balancer.slow_start` is absent. */
export function slowStartSettings(
  { slow_start: written }: Layers,
  short: number | undefined,
): SlowStartSettings | undefined {
  const slowStart = written ?? short;
  if (slowStart === undefined) return undefined;
  if (typeof slowStart === 'number') {
    return { windowNs: slowStart, aggression: 1, leastFactor: 0.1 };
  }
  const { window, aggression, min_weight: leastFactor } = slowStart;
  return { windowNs: window, aggression, leastFactor };
}

export function retrySettings({ retries }: Layers): RetrySettings | undefined {
  if (retries === undefined) return undefined;
  // Whoever ends a try means to begin another.
  const timeout = retries.per_try_timeout === undefined ? [] : (['timeout'] as const);
  return {
    on: retries.on ?? ['connect_error', '503', ...timeout],
    max: retries.max,
    avoidPrevious: retries.avoid_previous,
    perTryNs: retries.per_try_timeout ?? Infinity,
    budget: budgetSettings(retries.budget),
  };
}

function budgetSettings(
  budget: NonNullable<Layers['retries']>['budget'],
): RetryBudgetSettings | null {
  if (budget === undefined || budget === 'off') return null;
  if (typeof budget === 'number') return { kind: 'active', ratio: budget, least: 3 };
  if ('active' in budget) {
    return { kind: 'active', ratio: budget.active, least: budget.min_concurrency };
  }
  const { deposit, per_second: perSecond, ttl } = budget;
  return { kind: 'deposit', ratio: deposit, perSecond, ttlNs: ttl };
}

export function limitSettings({
  circuit_breaker: breaker,
  connections,
}: Layers): LimitSettings | undefined {
  if (breaker === undefined && connections === undefined) return undefined;
  return {
    requests: breaker?.requests ?? Infinity,
    pending: breaker?.pending ?? Infinity,
    retries: breaker?.retries ?? Infinity,
    connections: connections?.max ?? Infinity,
    pendingTimeoutNs: connections?.timeout ?? Infinity,
  };
}

export function affinitySettings({ affinity }: Layers): AffinitySettings | undefined {
  if (affinity === undefined) return undefined;
  const {
    by,
    ttl = Infinity,
    drain,
  } = typeof affinity === 'string' ? { by: affinity, drain: 'keep' } : affinity;
  return { by, ttlNs: ttl, keepsDraining: drain === 'keep' };
}
