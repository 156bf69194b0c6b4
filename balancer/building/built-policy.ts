import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome, Timers } from '../ports.ts';
import type { PoolSnapshot } from './pool-snapshot.ts';
import { TableBuilder, type BuildListener, type BuildSettings } from './table-builder.ts';

export interface BuiltPolicyListener extends BuildListener {
  /** A pick of a backend that may not be picked any more: it has left, drains, or is ill. */
  stalePick(): void;
}

/**
 * A policy whose tables take time to build, around any policy. Picks are those of the last table
 * that is finished, so they may go to backends that have left or are dead; nothing new is known of
 * the pool until the next one. Without `begin`, every change counts at once.
 */
export class BuiltPolicy implements Policy {
  readonly #inner: Policy;
  readonly #listener: BuiltPolicyListener;
  #pool: BackendTable | null = null;
  /** Finished, but nobody has picked from it yet. */
  #next: PoolSnapshot | null = null;

  constructor(inner: Policy, listener: BuiltPolicyListener) {
    this.#inner = inner;
    this.#listener = listener;
  }

  /** From this instant on, changes of the balancer's pool are built. */
  begin(pool: BackendTable, timers: Timers, settings: BuildSettings): void {
    // The builder works as long as the pool tells it of changes; nobody else needs to hold it.
    new TableBuilder(pool, timers, settings, this.#listener, (snapshot) => {
      this.#pool = pool;
      this.#next = snapshot;
      // Whoever follows the table looks again.
      pool.version++;
    });
  }

  rebuild(pool: BackendPool): void {
    if (this.#pool === null) this.#inner.rebuild(pool);
    else if (this.#next !== null) {
      this.#inner.rebuild(this.#next);
      this.#next = null;
    }
  }

  pick(request: PickRequest): BackendIndex {
    const picked = this.#inner.pick(request);
    const isStale = this.#pool !== null && picked !== NO_BACKEND && !this.#pool.isEligible(picked);
    if (isStale) this.#listener.stalePick();
    return picked;
  }

  waitNs(nowNs: number): number {
    return this.#inner.waitNs?.(nowNs) ?? 0;
  }

  onStart(backend: BackendIndex, nowNs: number): void {
    this.#inner.onStart?.(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    this.#inner.onFinish?.(backend, outcome, latencyNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    this.#inner.onReport?.(backend, report, nowNs);
  }
}
