import type { BackendIndex } from '../../backend-pool.ts';
import { expOfNegative } from '../../numbers/exp.ts';
import { log10 } from '../../numbers/log.ts';
import { HeartbeatHistory } from './heartbeat-history.ts';

export interface PhiAccrualSettings {
  /** Suspicion from which on a backend counts as dead. */
  readonly threshold: number;
  readonly maxSampleSize: number;
  /** Least standard deviation, for heartbeats that are too regular. */
  readonly minStdDevNs: number;
  /** Silence that is tolerated beyond the mean. */
  readonly acceptablePauseNs: number;
  /** Mean assumed when the first heartbeat has come: two intervals, a quarter below and above. */
  readonly firstHeartbeatNs: number;
}

interface Watched {
  readonly history: HeartbeatHistory;
  latestNs: number;
}

/**
 * The φ accrual failure detector (Hayashibara et al. 2004) as in Akka and Pekko: φ = −log₁₀ of the
 * probability that a heartbeat comes later than this, with intervals taken as normal. A backend
 * that never sent one is available.
 */
export class PhiAccrualDetector {
  readonly #settings: PhiAccrualSettings;
  readonly #watched = new Map<BackendIndex, Watched>();

  constructor(settings: PhiAccrualSettings) {
    this.#settings = settings;
  }

  heartbeat(backend: BackendIndex, nowNs: number): void {
    const watched = this.#watched.get(backend);
    if (watched === undefined) {
      const { maxSampleSize, firstHeartbeatNs } = this.#settings;
      const history = new HeartbeatHistory(maxSampleSize);
      history.add(firstHeartbeatNs - firstHeartbeatNs / 4);
      history.add(firstHeartbeatNs + firstHeartbeatNs / 4);
      this.#watched.set(backend, { history, latestNs: nowNs });
      return;
    }
    // An interval that ends a pause is none of its kind.
    if (this.isAvailable(backend, nowNs)) watched.history.add(nowNs - watched.latestNs);
    watched.latestNs = nowNs;
  }

  isAvailable(backend: BackendIndex, nowNs: number): boolean {
    return this.suspicion(backend, nowNs) < this.#settings.threshold;
  }

  suspicion(backend: BackendIndex, nowNs: number): number {
    const watched = this.#watched.get(backend);
    if (watched === undefined) return 0;
    const { history, latestNs } = watched;
    const mean = history.mean + this.#settings.acceptablePauseNs;
    return phi(nowNs - latestNs, mean, Math.max(history.stdDev, this.#settings.minStdDevNs));
  }

  leave(backend: BackendIndex): void {
    this.#watched.delete(backend);
  }
}

/**
 * φ for `elapsed` since the latest heartbeat. The normal distribution by its logistic approximation
 * (β₁ = 1.5976, β₂ = 0.070566; error of the distribution below 1.4 · 10⁻⁴), rearranged so that it
 * neither overflows nor cancels: with z = β(y), φ = log₁₀(1 + eᶻ).
 */
export function phi(elapsed: number, mean: number, stdDev: number): number {
  const z = logistic((elapsed - mean) / stdDev);
  if (z <= 0) return log10(1 + expOfNegative(z));
  return z * Math.LOG10E + log10(1 + expOfNegative(-z));
}

function logistic(y: number): number {
  return y * (1.5976 + 0.070566 * y * y);
}
