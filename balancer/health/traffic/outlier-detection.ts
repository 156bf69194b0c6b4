import type { BackendIndex } from '../../backend-pool.ts';
import type { Outcome, RandomSource } from '../../ports.ts';
import type { OutlierSettings, RateAlgorithm } from './outlier-settings.ts';
import { outlierThreshold, successPercent, type IntervalCount } from './success-rates.ts';
import { isFailure, type ReportTransition, type TrafficTracker } from './traffic-tracker.ts';

interface Host extends IntervalCount {
  readonly backend: BackendIndex;
  isEjected: boolean;
  ejectedNs: number;
  returnedNs: number;
  jitterNs: number;
  /** How many times the base ejection time the next return waits. */
  backoff: number;
  failuresInRow: number;
  gatewayFailuresInRow: number;
}

/**
 * Outlier detection of Envoy (`outlier_detection_impl.cc`) and gRPC (A50), whose rules differ in
 * details that are facts of each product: Envoy ejects a failure percentage *at* the threshold,
 * gRPC above it; Envoy asks whether the share out *with* this one is within the maximum, gRPC
 * whether the share *before* it has reached the maximum. Every interval, who was out long enough
 * returns, then the success rates of the interval are judged (gRPC: judged first).
 */
export class OutlierTracker implements TrafficTracker {
  readonly #settings: OutlierSettings;
  readonly #random: RandomSource;
  /** In the order of joining. */
  readonly #hosts = new Map<BackendIndex, Host>();
  #ejectedCount = 0;
  #nextNs = Infinity;

  constructor(settings: OutlierSettings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
  }

  join(backend: BackendIndex, nowNs: number): void {
    if (this.#nextNs === Infinity) this.#nextNs = nowNs + this.#settings.intervalNs;
    this.#hosts.set(backend, {
      backend,
      successCount: 0,
      totalCount: 0,
      isEjected: false,
      ejectedNs: 0,
      returnedNs: 0,
      jitterNs: 0,
      backoff: 0,
      failuresInRow: 0,
      gatewayFailuresInRow: 0,
    });
  }

  leave(backend: BackendIndex): void {
    if (this.#hosts.get(backend)?.isEjected === true) this.#ejectedCount--;
    this.#hosts.delete(backend);
  }

  finished(backend: BackendIndex, outcome: Outcome, nowNs: number, report: ReportTransition): void {
    const host = this.#hosts.get(backend);
    if (host === undefined) return;
    host.totalCount++;
    if (!isFailure(outcome)) {
      host.successCount++;
      host.failuresInRow = 0;
      host.gatewayFailuresInRow = 0;
      return;
    }
    this.#countInRow(host, outcome, nowNs, report);
  }

  advance(nowNs: number, report: ReportTransition): void {
    while (this.#nextNs <= nowNs) {
      const atNs = this.#nextNs;
      this.#nextNs += this.#settings.intervalNs;
      this.check(atNs, report);
    }
  }

  /** What happens at the end of an interval. */
  check(nowNs: number, report: ReportTransition): void {
    if (this.#settings.product === 'envoy') {
      for (const host of this.#hosts.values()) this.#returnOrForget(host, nowNs, report);
      this.#judge(nowNs, report);
    } else {
      this.#judge(nowNs, report);
      for (const host of this.#hosts.values()) this.#returnOrForget(host, nowNs, report);
    }
    for (const host of this.#hosts.values()) {
      host.successCount = 0;
      host.totalCount = 0;
    }
  }

  dueNs(): number {
    return this.#nextNs;
  }

  isUsable(backend: BackendIndex): boolean {
    return !(this.#hosts.get(backend)?.isEjected ?? false);
  }

  /** A 500 is no gateway failure; 502, 503, 504 and what never became an answer are. */
  #countInRow(host: Host, outcome: Outcome, nowNs: number, report: ReportTransition): void {
    const settings = this.#settings;
    if (outcome === 'server-error') host.gatewayFailuresInRow = 0;
    else if (++host.gatewayFailuresInRow === settings.consecutiveGatewayFailure) {
      host.gatewayFailuresInRow = 0;
      this.#eject(host, settings.enforcingConsecutiveGatewayFailure, nowNs, report);
    }
    if (++host.failuresInRow < settings.consecutive5xx) return;
    host.failuresInRow = 0;
    this.#eject(host, settings.enforcingConsecutive5xx, nowNs, report);
  }

  /** Both algorithms over the interval that ends. */
  #judge(nowNs: number, report: ReportTransition): void {
    const { successRate, failurePercentage, product } = this.#settings;
    const bySuccess = this.#counted(successRate);
    const threshold = outlierThreshold(bySuccess.map(successPercent), successRate.deviations);
    for (const host of bySuccess) {
      if (successPercent(host) >= threshold) continue;
      this.#eject(host, successRate.enforcing, nowNs, report);
    }
    for (const host of this.#counted(failurePercentage)) {
      const failed = 100 - successPercent(host);
      const limit = failurePercentage.threshold;
      if (product === 'envoy' ? failed < limit : failed <= limit) continue;
      this.#eject(host, failurePercentage.enforcing, nowNs, report);
    }
  }

  /** Those with enough requests, or nobody when they are too few. */
  #counted({ enforcing, minimumHosts, requestVolume }: RateAlgorithm): Host[] {
    if (enforcing === 0) return [];
    const counted = [...this.#hosts.values()].filter(
      ({ isEjected, totalCount }) => !isEjected && totalCount > 0 && totalCount >= requestVolume,
    );
    return counted.length < Math.max(1, minimumHosts) ? [] : counted;
  }

  #eject(host: Host, enforcing: number, nowNs: number, report: ReportTransition): void {
    if (host.isEjected || !this.#mayEject()) return;
    if (enforcing < 1 && !(this.#random() < enforcing)) return;
    const { baseEjectionNs, maxEjectionNs, maxEjectionJitterNs } = this.#settings;
    host.isEjected = true;
    host.ejectedNs = nowNs;
    if (maxEjectionJitterNs > 0) {
      host.jitterNs = Math.floor(this.#random() * (maxEjectionJitterNs + 1));
    }
    if (host.backoff * baseEjectionNs < maxEjectionNs + baseEjectionNs) host.backoff++;
    this.#ejectedCount++;
    report(host.backend, 'down');
  }

  #mayEject(): boolean {
    const { product, maxEjectionPercent, alwaysEjectOne } = this.#settings;
    const hostCount = this.#hosts.size;
    if (product === 'grpc') return (100 * this.#ejectedCount) / hostCount < maxEjectionPercent;
    if (alwaysEjectOne && this.#ejectedCount === 0) return true;
    return (100 * (this.#ejectedCount + 1)) / hostCount <= maxEjectionPercent;
  }

  /** Out long enough: returns. In for an interval: the next ejection is shorter by one step. */
  #returnOrForget(host: Host, nowNs: number, report: ReportTransition): void {
    const { product, intervalNs } = this.#settings;
    if (!host.isEjected) {
      const isDue = product === 'grpc' || nowNs - host.returnedNs >= intervalNs;
      if (host.backoff > 0 && isDue) host.backoff--;
      return;
    }
    const outNs = nowNs - host.ejectedNs;
    const sentenceNs = this.#sentenceNs(host);
    if (product === 'envoy' ? outNs < sentenceNs : outNs <= sentenceNs) return;
    host.isEjected = false;
    host.returnedNs = nowNs;
    host.failuresInRow = 0;
    host.gatewayFailuresInRow = 0;
    this.#ejectedCount--;
    report(host.backend, 'up');
  }

  #sentenceNs({ backoff, jitterNs }: Host): number {
    const { baseEjectionNs, maxEjectionNs } = this.#settings;
    return Math.min(baseEjectionNs * backoff, Math.max(baseEjectionNs, maxEjectionNs)) + jitterNs;
  }
}
