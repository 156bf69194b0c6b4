/** What a priority consists of, counted in hosts, or in weight where `weights` says so. */
export interface PriorityLevel {
  readonly hostCount: number;
  readonly healthyCount: number;
  /** Usable, but only for what the healthy ones leave. */
  readonly degradedCount: number;
  /** Hosts that count for nothing, such as those never checked yet. */
  readonly excludedCount: number;
  /** Makes availability a share of weight instead of hosts (weighted priority health). */
  readonly weights?: {
    readonly healthy: number;
    readonly degraded: number;
    readonly total: number;
  };
  /** In per cent: 140 keeps a priority at full load down to 71 % of its hosts. */
  readonly overprovisioning: number;
}

/** Whole per cents by priority; together 100 unless nothing at all is available. */
export interface PriorityLoad {
  readonly healthyPercent: readonly number[];
  readonly degradedPercent: readonly number[];
  /** Priorities in which health is ignored. */
  readonly isPanicking: readonly boolean[];
}

/**
 * How Envoy divides traffic among priorities (`load_balancer_impl.cc`, in its integer arithmetic):
 * each takes as much as its available hosts with overprovisioning allow, the first ones first; what
 * is left goes to degraded hosts; when all of it is not enough, loads are scaled up and priorities
 * with fewer than `panicThreshold` per cent available hosts panic. When all panic, traffic follows
 * the number of hosts.
 */
export function divideByPriority(
  levels: readonly PriorityLevel[],
  panicThreshold: number,
): PriorityLoad {
  const healthy = levels.map((level) => availability(level, 'healthy'));
  const degraded = levels.map((level) => availability(level, 'degraded'));
  const total = Math.min(100, sum(healthy) + sum(degraded));
  const isPanicking = levels.map(
    (level) => total < 100 && availablePercent(level) < panicThreshold,
  );
  if (panicThreshold === 0 && total === 0) return nothingAvailable(levels.length);
  if (isPanicking.every(Boolean)) return { ...divideByHosts(levels), isPanicking };
  return { ...divideByAvailability(healthy, degraded, total), isPanicking };
}

/**
 * Who serves a request, from a uniform whole number: priority p's healthy hosts are 2p, its
 * degraded ones 2p + 1. The first whose cumulative load exceeds the number modulo 100, degraded
 * loads behind all others.
 */
export function choosePriority(load: PriorityLoad, draw: number): number {
  const wanted = (draw % 100) + 1;
  const levelCount = load.healthyPercent.length;
  let cumulative = 0;
  for (let level = 0; level < levelCount; level++) {
    cumulative += load.healthyPercent[level]!;
    if (wanted <= cumulative) return 2 * level;
  }
  for (let level = 0; level < levelCount; level++) {
    cumulative += load.degradedPercent[level]!;
    if (wanted <= cumulative) return 2 * level + 1;
  }
  throw new Error(`loads sum to ${cumulative}, not to 100`);
}

/** Per cent of full load that a priority can take, at most 100. */
function availability(level: PriorityLevel, which: 'healthy' | 'degraded'): number {
  const { hostCount, excludedCount, healthyCount, degradedCount, weights } = level;
  const total = weights?.total ?? hostCount - excludedCount;
  if (total === 0) return 0;
  const available = weights?.[which] ?? (which === 'healthy' ? healthyCount : degradedCount);
  return Math.min(100, Math.floor((level.overprovisioning * available) / total));
}

function availablePercent(level: PriorityLevel): number {
  const hosts = level.hostCount - level.excludedCount;
  return hosts === 0 ? 0 : (100 * (level.healthyCount + level.degradedCount)) / hosts;
}

function divideByAvailability(
  healthy: readonly number[],
  degraded: readonly number[],
  total: number,
): Omit<PriorityLoad, 'isPanicking'> {
  let left = 100;
  const take = (available: number) => {
    const percent = Math.min(left, Math.floor((available * 100) / total));
    left -= percent;
    return percent;
  };
  const healthyPercent = healthy.map(take);
  const degradedPercent = degraded.map(take);
  // What rounding left over.
  const firstHealthy = healthy.findIndex((available) => available > 0);
  if (firstHealthy >= 0) healthyPercent[firstHealthy]! += left;
  else degradedPercent[degraded.findIndex((available) => available > 0)]! += left;
  return { healthyPercent, degradedPercent };
}

function divideByHosts(levels: readonly PriorityLevel[]): Omit<PriorityLoad, 'isPanicking'> {
  const hosts = sum(levels.map(({ hostCount }) => hostCount));
  const healthyPercent = levels.map(({ hostCount }) =>
    hosts === 0 ? 0 : Math.floor((100 * hostCount) / hosts),
  );
  const first = levels.findIndex(({ hostCount }) => hostCount > 0);
  if (first >= 0) healthyPercent[first]! += 100 - sum(healthyPercent);
  return { healthyPercent, degradedPercent: levels.map(() => 0) };
}

/** Without panic and without anybody: the first priority is asked, and has nobody. */
function nothingAvailable(levelCount: number): PriorityLoad {
  return {
    healthyPercent: Array.from({ length: levelCount }, (_, level) => (level === 0 ? 100 : 0)),
    degradedPercent: Array.from({ length: levelCount }, () => 0),
    isPanicking: Array.from({ length: levelCount }, () => false),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
