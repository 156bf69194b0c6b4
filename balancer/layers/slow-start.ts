import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import { power } from '../numbers/power.ts';
import type { TimerId, Timers } from '../ports.ts';

export interface SlowStartSettings {
  readonly windowNs: number;
  /** 1 is linear; above, the weight rises faster at first (Envoy's `aggression`). */
  readonly aggression: number;
  /** Least part of the weight (Envoy's `min_weight_percent`, 0.1). */
  readonly leastFactor: number;
}

/**
 * Part of its weight that a backend has so long after it became usable (Envoy):
 * max(least, (elapsed ÷ window)^(1 ÷ aggression)); 1 from the end of the window on. HAProxy's
 * `slowstart` is the linear case.
 */
export function slowStartFactor(elapsedNs: number, settings: SlowStartSettings): number {
  const { windowNs, aggression, leastFactor } = settings;
  if (elapsedNs >= windowNs) return 1;
  return Math.max(leastFactor, power(Math.max(0, elapsedNs) / windowNs, 1 / aggression));
}

/** Steps of a window in which weights are raised (HAProxy: every 1/20). */
const STEPS = 20;

/**
 * Slow start for any policy: raises the weight of a backend that came (back) step by step, so that
 * it is not overrun while its caches are cold. Weights are set through this while it is in use.
 * Without effect when all backends are new at once: their weights rise alike (envoy#13176).
 */
export class SlowStart {
  readonly #pool: BackendTable;
  readonly #timers: Timers;
  readonly #settings: SlowStartSettings;
  readonly #timer = new Map<BackendIndex, TimerId>();
  readonly #fullWeight = new Map<BackendIndex, number>();

  constructor(pool: BackendTable, timers: Timers, settings: SlowStartSettings) {
    this.#pool = pool;
    this.#timers = timers;
    this.#settings = settings;
  }

  /** The backend joined, or became healthy again: its weight rises to `weight` from now on. */
  begin(backend: BackendIndex, weight: number): void {
    this.stop(backend);
    this.#fullWeight.set(backend, weight);
    this.#raise(backend, this.#timers.nowNs);
  }

  /** Changes the weight that is aimed at, or sets it when the window is over. */
  setWeight(backend: BackendIndex, weight: number): void {
    if (this.#timer.has(backend)) this.#fullWeight.set(backend, weight);
    else this.#pool.setWeight(backend, weight);
  }

  /** The backend left: its weight is left alone from now on. */
  stop(backend: BackendIndex): void {
    const timer = this.#timer.get(backend);
    if (timer !== undefined) this.#timers.cancel(timer);
    this.#timer.delete(backend);
    this.#fullWeight.delete(backend);
  }

  #raise(backend: BackendIndex, beganNs: number): void {
    this.#timer.delete(backend);
    if (!this.#pool.isMember(backend)) return;
    const elapsedNs = this.#timers.nowNs - beganNs;
    const factor = slowStartFactor(elapsedNs, this.#settings);
    this.#pool.setWeight(backend, this.#fullWeight.get(backend)! * factor);
    if (elapsedNs >= this.#settings.windowNs) {
      this.#fullWeight.delete(backend);
      return;
    }
    const stepNs = Math.max(1, Math.round(this.#settings.windowNs / STEPS));
    const delayNs = Math.min(stepNs, this.#settings.windowNs - elapsedNs);
    this.#timer.set(
      backend,
      this.#timers.after(delayNs, () => this.#raise(backend, beganNs)),
    );
  }
}
