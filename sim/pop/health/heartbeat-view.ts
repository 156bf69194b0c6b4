import type {
  BackendIndex,
  HealthDefinitionOf,
  PhiAccrualDetector,
  Prober,
} from '../../../balancer/index.ts';
import type { HealthSpec } from '../../world.ts';
import type { HealthView, ViewPorts } from './health-view.ts';

/** An accrual detector is asked for its suspicion so many times in an interval of heartbeats. */
const LOOKS_PER_INTERVAL = 10;

/**
 * Heartbeats instead of verdicts: each answer to a probe is a heartbeat, and a backend is down
 * while the detector finds the silence since the latest too unlikely (φ accrual).
 */
export class HeartbeatView implements HealthView {
  readonly #spec: HealthSpec;
  readonly #prober: Prober;
  readonly #detector: PhiAccrualDetector;
  readonly #ports: ViewPorts;
  /** Generation of each watched backend's timer; one that is no longer equal is stale. */
  readonly #watch: number[] = [];
  readonly #isWatched: boolean[] = [];
  readonly #isWell: boolean[] = [];

  constructor(
    spec: HealthSpec,
    definition: HealthDefinitionOf<'heartbeats'>,
    prober: Prober,
    ports: ViewPorts,
  ) {
    this.#spec = spec;
    this.#prober = prober;
    this.#detector = definition.create(spec.rule!.options, { random: ports.random });
    this.#ports = ports;
    ports.kernel.after(this.#lookNs(), () => this.#look());
  }

  join(backend: BackendIndex): void {
    const { pool, kernel, random } = this.#ports;
    const { intervalNs, firstProbes } = this.#spec;
    const watch = (this.#watch[backend] ?? 0) + 1;
    this.#watch[backend] = watch;
    this.#isWatched[backend] = true;
    this.#isWell[backend] = true;
    this.#detector.leave(backend);
    pool.setHealthy(backend, true);
    const delayNs = firstProbes === 'together' ? 0 : Math.floor(random() * intervalNs);
    kernel.after(delayNs, () => this.#beat(backend, watch));
  }

  leave(backend: BackendIndex): void {
    this.#watch[backend]!++;
    this.#isWatched[backend] = false;
    this.#detector.leave(backend);
  }

  #beat(backend: BackendIndex, watch: number): void {
    if (this.#watch[backend] !== watch) return;
    const { kernel } = this.#ports;
    this.#prober.probe(backend, (outcome) => {
      const isHeard = this.#watch[backend] === watch && outcome === 'pass';
      if (isHeard) this.#detector.heartbeat(backend, kernel.nowNs);
    });
    kernel.after(this.#spec.intervalNs, () => this.#beat(backend, watch));
  }

  #look(): void {
    const { pool, kernel, onChange } = this.#ports;
    const { nowNs } = kernel;
    for (let slot = 0; slot < this.#isWatched.length; slot++) {
      if (this.#isWatched[slot] !== true) continue;
      const backend = slot as BackendIndex;
      const isWell = this.#detector.isAvailable(backend, nowNs);
      if (isWell === this.#isWell[slot]) continue;
      this.#isWell[slot] = isWell;
      pool.setHealthy(backend, isWell);
      onChange(backend, isWell, nowNs);
    }
    kernel.after(this.#lookNs(), () => this.#look());
  }

  #lookNs(): number {
    return Math.max(1, Math.round(this.#spec.intervalNs / LOOKS_PER_INTERVAL));
  }
}
