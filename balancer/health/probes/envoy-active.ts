import type { BackendIndex } from '../../backend-pool.ts';
import type { ProbeOutcome, RandomSource } from '../../ports.ts';
import type { HealthTransition, ProbeTracker } from '../health-tracker.ts';

export interface EnvoyActiveSettings {
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
  /** Steady: after a result that confirmed the state or completed a change. */
  readonly intervalNs: number;
  readonly unhealthyIntervalNs: number;
  /** At the edge: after a result that speaks against the state, but not yet often enough. */
  readonly healthyEdgeIntervalNs: number;
  readonly unhealthyEdgeIntervalNs: number;
  /** Until the first request of live traffic. */
  readonly noTrafficIntervalNs: number;
  readonly noTrafficHealthyIntervalNs: number;
  /** Up to so much is added to every interval: a part of it, and a constant. */
  readonly intervalJitterRatio: number;
  readonly intervalJitterNs: number;
  /** A wrong answer counts towards the threshold instead of deciding at once. */
  readonly isWrongAnswerRetriable: boolean;
}

/** What the latest result did; only a pending change makes a difference to the interval. */
type Change = 'unchanged' | 'pending' | 'changed';

interface HostState {
  isHealthy: boolean;
  isFirst: boolean;
  /** Results in a row that speak against the state. */
  against: number;
  latest: 'pass' | 'fail';
  change: Change;
}

/** Envoy's least interval. */
const LEAST_INTERVAL_NS = 1e6;

/**
 * Envoy's active check (`health_checker_base_impl.cc`). Hosts start unhealthy and the very first
 * result decides; then `unhealthyThreshold` failures in a row take a host down, a wrong answer at
 * once unless it is retriable, and `healthyThreshold` passes bring it back.
 */
export class EnvoyActiveTracker implements ProbeTracker {
  readonly #settings: EnvoyActiveSettings;
  readonly #hosts: HostState[] = [];
  #hasTraffic = false;

  constructor(settings: EnvoyActiveSettings) {
    this.#settings = settings;
  }

  observe(backend: BackendIndex, outcome: ProbeOutcome): HealthTransition | undefined {
    const host = this.#hostOf(backend);
    host.latest = outcome === 'pass' ? 'pass' : 'fail';
    host.change = 'unchanged';
    const wasFirst = host.isFirst;
    host.isFirst = false;
    if (host.isHealthy === (outcome === 'pass')) {
      host.against = 0;
      return undefined;
    }
    host.against++;
    const { healthyThreshold, unhealthyThreshold, isWrongAnswerRetriable } = this.#settings;
    const decides = outcome === 'wrong-answer' && !isWrongAnswerRetriable;
    const threshold = host.isHealthy ? unhealthyThreshold : healthyThreshold;
    if (!wasFirst && !decides && host.against < threshold) {
      host.change = 'pending';
      return undefined;
    }
    host.against = 0;
    host.change = 'changed';
    host.isHealthy = !host.isHealthy;
    return host.isHealthy ? 'up' : 'down';
  }

  isHealthy(backend: BackendIndex): boolean {
    return this.#hosts[backend]?.isHealthy ?? false;
  }

  reset(backend: BackendIndex): void {
    this.#hosts[backend] = {
      isHealthy: false,
      isFirst: true,
      against: 0,
      latest: 'fail',
      change: 'unchanged',
    };
  }

  /** Live traffic has begun; the long intervals of an unused cluster end with their next probe. */
  trafficBegan(): void {
    this.#hasTraffic = true;
  }

  drawIntervalNs(backend: BackendIndex, random: RandomSource): number {
    const { intervalJitterRatio, intervalJitterNs } = this.#settings;
    let intervalNs = this.#baseNs(this.#hostOf(backend));
    if (intervalJitterRatio > 0) intervalNs += random() * intervalJitterRatio * intervalNs;
    if (intervalJitterNs > 0) intervalNs += random() * intervalJitterNs;
    return Math.max(LEAST_INTERVAL_NS, Math.round(intervalNs));
  }

  #baseNs({ latest, change }: HostState): number {
    const settings = this.#settings;
    const isSteadyPass = latest === 'pass' && change !== 'pending';
    if (!this.#hasTraffic) {
      return isSteadyPass ? settings.noTrafficHealthyIntervalNs : settings.noTrafficIntervalNs;
    }
    if (isSteadyPass) return settings.intervalNs;
    if (latest === 'pass') return settings.healthyEdgeIntervalNs;
    return change === 'pending' ? settings.unhealthyEdgeIntervalNs : settings.unhealthyIntervalNs;
  }

  #hostOf(backend: BackendIndex): HostState {
    if (this.#hosts[backend] === undefined) this.reset(backend);
    return this.#hosts[backend]!;
  }
}
