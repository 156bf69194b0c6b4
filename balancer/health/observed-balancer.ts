import type { BackendIndex, BackendOptions, BackendPool } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { Balancer } from '../balancer.ts';
import type { LoadReport, Outcome } from '../ports.ts';

/** Hears of the requests that one balancer sends, and of what came of them. */
export interface TrafficListener {
  started?(backend: BackendIndex): void;
  finished?(backend: BackendIndex, outcome: Outcome, latencyNs: number): void;
}

/**
 * A balancer that tells health checks of its live requests. Needed only where a check listens:
 * passive ones, and active ones under a rule that looks at traffic.
 */
export class ObservedBalancer implements Balancer {
  readonly pool: BackendTable;
  readonly #balancer: Balancer;
  readonly #listeners: TrafficListener[] = [];

  constructor(balancer: Balancer) {
    this.pool = balancer.pool;
    this.#balancer = balancer;
  }

  listen(listener: TrafficListener): void {
    this.#listeners.push(listener);
  }

  add(backend: BackendOptions): BackendIndex {
    return this.#balancer.add(backend);
  }

  remove(backend: BackendIndex): void {
    this.#balancer.remove(backend);
  }

  pick(keyHash: number, attempt: number): BackendIndex {
    return this.#balancer.pick(keyHash, attempt);
  }

  pickWords(keyHigh: number, keyLow: number, attempt: number): BackendIndex {
    return this.#balancer.pickWords(keyHigh, keyLow, attempt);
  }

  poolFor(keyHash: number, attempt: number): BackendPool {
    return this.#balancer.poolFor(keyHash, attempt);
  }

  waitNs(): number {
    return this.#balancer.waitNs();
  }

  start(backend: BackendIndex): void {
    this.#balancer.start(backend);
    for (const listener of this.#listeners) listener.started?.(backend);
  }

  finish(backend: BackendIndex, outcome: Outcome, latencyNs: number): void {
    this.#balancer.finish(backend, outcome, latencyNs);
    for (const listener of this.#listeners) listener.finished?.(backend, outcome, latencyNs);
  }

  report(backend: BackendIndex, report: LoadReport): void {
    this.#balancer.report(backend, report);
  }
}
