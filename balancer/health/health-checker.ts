import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { Prober, ProbeOutcome, RandomSource, TimerId, Timers } from '../ports.ts';
import {
  createFallRiseTracker,
  type HealthTracker,
  type HealthTransition,
  type ProbeTracker,
} from './health-tracker.ts';

/** HAProxy's `inter`, `timeout check`, `fall` and `rise`, and Envoy's jitter. */
export interface HealthCheckSettings {
  /** From the start of a probe to the start of the next. */
  readonly intervalNs: number;
  /** After which a probe without an answer has failed. */
  readonly timeoutNs: number;
  readonly fall: number;
  readonly rise: number;
  /** Each interval is drawn from interval × [1 − jitter, 1 + jitter); 0 draws nothing. */
  readonly jitterRatio: number;
}

export interface HealthCheckerOptions extends HealthCheckSettings {
  /** Whose `setHealthy` is called. */
  readonly pool: BackendTable;
  readonly timers: Timers;
  readonly prober: Prober;
  readonly random: RandomSource;
  /** Another rule than `fall` and `rise`; its initial state and its intervals hold then. */
  readonly tracker?: ProbeTracker;
  /** `together`: all first probes are sent at once, as after a push of configuration. */
  readonly firstProbes?: 'spread' | 'together';
  readonly onTransition?: (
    backend: BackendIndex,
    transition: HealthTransition,
    atNs: number,
  ) => void;
}

/** Drives a tracker with Timers and a Prober, and the pool with its transitions. */
export interface HealthChecker {
  /** Watches every member of the pool. The first probes are spread over one interval. */
  start(): void;
  /** Cancels all timers; answers still under way are ignored. Health stays as it is. */
  stop(): void;
  /** Watches a backend that joined after `start`, from a clean record. */
  watch(backend: BackendIndex): void;
  /** Probes the backend no more; its health stays as it is. */
  forget(backend: BackendIndex): void;
}

/**
 * An active health checker. One timer a backend: either the timeout of the probe under way or the
 * wait for the next. A probe begins one interval after the one before began, or when that one has
 * ended, whichever is later, so probes of one backend never overlap. A backend that left the pool
 * is dropped when its timer fires.
 */
export function createHealthChecker(options: HealthCheckerOptions): HealthChecker {
  const { intervalNs, timeoutNs, jitterRatio } = options;
  if (!(intervalNs > 0 && timeoutNs > 0)) {
    throw new RangeError('the interval and the timeout of a health check are above 0');
  }
  if (!(jitterRatio >= 0 && jitterRatio <= 1)) {
    throw new RangeError(`a jitter is a ratio in [0, 1], got ${jitterRatio}`);
  }
  return new FallRiseChecker(options);
}

class FallRiseChecker implements HealthChecker {
  readonly #options: HealthCheckerOptions;
  readonly #tracker: HealthTracker;
  readonly #timer = new Map<BackendIndex, TimerId>();
  /** Number of the latest probe or watch by backend; an answer to an earlier one is too late. */
  readonly #turn: number[] = [];

  constructor(options: HealthCheckerOptions) {
    this.#options = options;
    this.#tracker = options.tracker ?? createFallRiseTracker(options);
  }

  start(): void {
    const { pool } = this.#options;
    for (let slot = 0; slot < pool.slotCount; slot++) {
      const backend = slot as BackendIndex;
      if (pool.isMember(backend) && !this.#timer.has(backend)) this.watch(backend);
    }
  }

  stop(): void {
    for (const timer of this.#timer.values()) this.#options.timers.cancel(timer);
    this.#timer.clear();
    for (let slot = 0; slot < this.#turn.length; slot++) this.#nextTurn(slot as BackendIndex);
  }

  watch(backend: BackendIndex): void {
    const { intervalNs, random, pool, tracker, firstProbes = 'spread' } = this.#options;
    this.#tracker.reset(backend);
    if (tracker !== undefined) pool.setHealthy(backend, tracker.isHealthy(backend));
    this.#nextTurn(backend);
    const delayNs = firstProbes === 'spread' ? Math.floor(random() * intervalNs) : 0;
    this.#wait(backend, delayNs, () => this.#probe(backend));
  }

  forget(backend: BackendIndex): void {
    const timer = this.#timer.get(backend);
    if (timer !== undefined) this.#options.timers.cancel(timer);
    this.#timer.delete(backend);
    this.#nextTurn(backend);
  }

  #probe(backend: BackendIndex): void {
    const { pool, prober, timers, timeoutNs } = this.#options;
    this.#timer.delete(backend);
    if (!pool.isMember(backend)) return;
    const turn = this.#nextTurn(backend);
    const startNs = timers.nowNs;
    const fixedNs = this.#options.tracker === undefined ? this.#drawInterval() : undefined;
    const finish = (outcome: ProbeOutcome) => {
      if (this.#turn[backend] !== turn) return;
      this.#nextTurn(backend);
      this.#finish(backend, outcome, startNs, fixedNs);
    };
    this.#wait(backend, timeoutNs, () => finish('fail'));
    prober.probe(backend, finish);
  }

  /** A product's rule knows the interval only now that it has seen the outcome. */
  #finish(backend: BackendIndex, outcome: ProbeOutcome, startNs: number, fixedNs?: number): void {
    const { pool, timers, random, tracker, onTransition } = this.#options;
    const isMember = pool.isMember(backend);
    const transition = isMember ? this.#tracker.observe(backend, outcome) : undefined;
    const nextNs = startNs + (fixedNs ?? tracker!.drawIntervalNs(backend, random));
    this.#wait(backend, Math.max(0, nextNs - timers.nowNs), () => this.#probe(backend));
    if (transition === undefined) return;
    pool.setHealthy(backend, transition === 'up');
    onTransition?.(backend, transition, timers.nowNs);
  }

  #drawInterval(): number {
    const { intervalNs, jitterRatio, random } = this.#options;
    if (jitterRatio === 0) return intervalNs;
    return Math.round(intervalNs * (1 + jitterRatio * (2 * random() - 1)));
  }

  /** Replaces the backend's timer. */
  #wait(backend: BackendIndex, delayNs: number, run: () => void): void {
    const { timers } = this.#options;
    const previous = this.#timer.get(backend);
    if (previous !== undefined) timers.cancel(previous);
    this.#timer.set(backend, timers.after(delayNs, run));
  }

  #nextTurn(backend: BackendIndex): number {
    const turn = (this.#turn[backend] ?? 0) + 1;
    this.#turn[backend] = turn;
    return turn;
  }
}
