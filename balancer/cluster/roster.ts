import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { HealthView } from '../health/views/health-view.ts';
import { SlowStart, type SlowStartSettings } from '../layers/slow-start.ts';
import type { Timers } from '../ports.ts';

/** What is to hold of one backend. */
export interface RosterEntry {
  /** The part of it that this balancer sees; 0: it is not in the table. */
  readonly share: number;
  /** Nothing new goes to it; what is under way finishes. */
  readonly isDrained: boolean;
  /** In full, without slow start. */
  readonly weight: number;
}

/**
 * Which backends of a pool one balancer uses: who stands in its table, who is drained, what each
 * weighs. A backend outside the table (of another instance's subset) keeps its slot, disabled, and
 * no health check watches it.
 */
export class Roster {
  readonly #pool: BackendTable;
  readonly #slowStart: SlowStart | null;
  #views: readonly HealthView[] = [];
  readonly #share: number[] = [];
  readonly #weight: number[] = [];

  constructor(pool: BackendTable, timers: Timers, slowStart: SlowStartSettings | undefined) {
    this.#pool = pool;
    this.#slowStart = slowStart === undefined ? null : new SlowStart(pool, timers, slowStart);
  }

  /** Who watches those in the table, from now on. */
  watchBy(views: readonly HealthView[]): void {
    this.#views = views;
  }

  /** Whether a backend stands in the table, drained or not. */
  has(backend: BackendIndex): boolean {
    return (this.#share[backend] ?? 0) > 0;
  }

  /** Brings pool and health checks in line. True when the backend left the table. */
  settle(backend: BackendIndex, { share, isDrained, weight }: RosterEntry): boolean {
    const before = this.#share[backend] ?? 0;
    this.#share[backend] = share;
    this.#pool.setEnabled(backend, share > 0 && !isDrained);
    this.#weight[backend] = weight * share;
    if (share !== before && share > 0) this.#weigh(backend);
    if (share > 0 && before === 0) {
      for (const view of this.#views) view.join(backend);
    } else if (share === 0 && before > 0) {
      for (const view of this.#views) view.leave(backend);
      this.#slowStart?.stop(backend);
      return true;
    }
    return false;
  }

  setWeight(backend: BackendIndex, weight: number): void {
    this.#weight[backend] = weight * (this.#share[backend] ?? 0);
    this.#weigh(backend);
  }

  /** It is new, back, or well again: its weight rises slowly, where that is wanted. */
  recovered(backend: BackendIndex): void {
    const weight = this.#weight[backend] ?? 0;
    if (weight > 0) this.#slowStart?.begin(backend, weight);
  }

  #weigh(backend: BackendIndex): void {
    const weight = this.#weight[backend]!;
    if (this.#slowStart === null) this.#pool.setWeight(backend, weight);
    else this.#slowStart.setWeight(backend, weight);
  }
}
