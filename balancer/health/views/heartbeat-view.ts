import type { BackendIndex } from '../../backend-pool.ts';
import type { Prober } from '../../ports.ts';
import type { HealthDefinitionOf } from '../health-definition.ts';
import type { PhiAccrualDetector } from '../heartbeats/phi-accrual.ts';
import type { HealthView, ViewPorts } from './health-view.ts';
import type { ActiveCheckSettings } from './settings.ts';

/** An accrual detector is asked for its suspicion so many times in an interval of heartbeats. */
const LOOKS_PER_INTERVAL = 10;

/**
 * Heartbeats instead of verdicts: each answer to a probe is a heartbeat, and a backend is down
 * while the detector finds the silence since the latest too unlikely (φ accrual).
 */
export class HeartbeatView implements HealthView {
  readonly #spec: ActiveCheckSettings;
  readonly #prober: Prober;
  readonly #detector: PhiAccrualDetector;
  readonly #ports: ViewPorts;
  /** Generation of each watched backend's timer; one that is no longer equal is stale. */
  readonly #watch: number[] = [];
  readonly #isWatched: boolean[] = [];
  readonly #isWell: boolean[] = [];
  #isStopped = false;

  constructor(
    spec: ActiveCheckSettings,
    definition: HealthDefinitionOf<'heartbeats'>,
    prober: Prober,
    ports: ViewPorts,
  ) {
    this.#spec = spec;
    this.#prober = prober;
    this.#detector = definition.create(spec.rule!.options, { random: ports.random });
    this.#ports = ports;
    ports.timers.after(this.#lookNs(), () => this.#look());
  }

  join(backend: BackendIndex): void {
    const { pool, timers, random } = this.#ports;
    const { intervalNs, firstProbes } = this.#spec;
    const watch = (this.#watch[backend] ?? 0) + 1;
    this.#watch[backend] = watch;
    this.#isWatched[backend] = true;
    this.#isWell[backend] = true;
    this.#detector.leave(backend);
    pool.setHealthy(backend, true);
    const delayNs = firstProbes === 'together' ? 0 : Math.floor(random() * intervalNs);
    timers.after(delayNs, () => this.#beat(backend, watch));
  }

  leave(backend: BackendIndex): void {
    this.#watch[backend]!++;
    this.#isWatched[backend] = false;
    this.#detector.leave(backend);
  }

  stop(): void {
    this.#isStopped = true;
  }

  #beat(backend: BackendIndex, watch: number): void {
    if (this.#watch[backend] !== watch || this.#isStopped) return;
    const { timers } = this.#ports;
    this.#prober.probe(backend, (outcome) => {
      const isHeard = this.#watch[backend] === watch && outcome === 'pass';
      if (isHeard) this.#detector.heartbeat(backend, timers.nowNs);
    });
    timers.after(this.#spec.intervalNs, () => this.#beat(backend, watch));
  }

  #look(): void {
    if (this.#isStopped) return;
    const { pool, timers, onChange } = this.#ports;
    const { nowNs } = timers;
    for (let slot = 0; slot < this.#isWatched.length; slot++) {
      if (this.#isWatched[slot] !== true) continue;
      const backend = slot as BackendIndex;
      const isWell = this.#detector.isAvailable(backend, nowNs);
      if (isWell === this.#isWell[slot]) continue;
      this.#isWell[slot] = isWell;
      pool.setHealthy(backend, isWell);
      onChange(backend, isWell, nowNs);
    }
    timers.after(this.#lookNs(), () => this.#look());
  }

  #lookNs(): number {
    return Math.max(1, Math.round(this.#spec.intervalNs / LOOKS_PER_INTERVAL));
  }
}
