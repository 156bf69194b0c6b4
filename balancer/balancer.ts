import type { BackendIndex, BackendOptions, BackendPool } from './backend-pool.ts';
import { BackendTable } from './backend-table.ts';
import type { PickRequest, Policy } from './policy.ts';
import type { Clock, LoadReport, Outcome } from './ports.ts';

export interface BalancerOptions {
  readonly policy: Policy;
  readonly clock: Clock;
  /** Share of well backends below which health is ignored; 0 (the default) is never. */
  readonly panicThreshold?: number;
}

/** A pool and a policy: asks the policy, counts what is in flight, tells it what came of it. */
export interface Balancer {
  /** State of the backends: health, weight, draining are set here, by whoever learns of them. */
  readonly pool: BackendTable;
  add(backend: BackendOptions): BackendIndex;
  remove(backend: BackendIndex): void;
  /** `NO_BACKEND` when nothing is eligible. Allocates nothing; counts nothing: see `start`. */
  pick(keyHash: number, attempt: number): BackendIndex;
  /** As `pick`, for a 64-bit hash in two unsigned words. */
  pickWords(keyHigh: number, keyLow: number, attempt: number): BackendIndex;
  /** The part of the pool in which such a pick chooses; see `Policy.poolFor`. */
  poolFor(keyHash: number, attempt: number): BackendPool;
  /** How long the policy would rather wait before it picks, ns; most never do. */
  waitNs(): number;
  /** A request went to `backend`: call `finish` exactly once when it ends. */
  start(backend: BackendIndex): void;
  finish(backend: BackendIndex, outcome: Outcome, latencyNs: number): void;
  /** A backend told of its load. */
  report(backend: BackendIndex, report: LoadReport): void;
}

/**
 * A balancer over no backends yet. The policy is rebuilt at most once between two picks, and only
 * when the pool changed.
 */
export function createBalancer(options: BalancerOptions): Balancer {
  return new PolicyBalancer(options);
}

/** `keyLow` of a hash of 32 bits. */
const NO_WORD = -1;

class PolicyBalancer implements Balancer {
  readonly pool: BackendTable;
  readonly #policy: Policy;
  readonly #clock: Clock;
  readonly #request = { keyHash: 0, keyLow: -1, attempt: 0, nowNs: 0 } satisfies PickRequest;
  #builtVersion = -1;

  constructor({ policy, clock, panicThreshold = 0 }: BalancerOptions) {
    this.pool = new BackendTable(panicThreshold);
    this.#policy = policy;
    this.#clock = clock;
  }

  add(backend: BackendOptions): BackendIndex {
    return this.pool.add(backend);
  }

  remove(backend: BackendIndex): void {
    this.pool.remove(backend);
  }

  pick(keyHash: number, attempt: number): BackendIndex {
    return this.pickWords(keyHash, NO_WORD, attempt);
  }

  pickWords(keyHigh: number, keyLow: number, attempt: number): BackendIndex {
    if (this.#builtVersion !== this.pool.version) this.#rebuild();
    const request = this.#request;
    request.keyHash = keyHigh;
    request.keyLow = keyLow;
    request.attempt = attempt;
    request.nowNs = this.#clock.nowNs;
    return this.#policy.pick(request);
  }

  poolFor(keyHash: number, attempt: number): BackendPool {
    if (this.#builtVersion !== this.pool.version) this.#rebuild();
    const request = { keyHash, attempt, nowNs: this.#clock.nowNs };
    return this.#policy.poolFor?.(request) ?? this.pool;
  }

  waitNs(): number {
    if (this.#builtVersion !== this.pool.version) this.#rebuild();
    return this.#policy.waitNs?.(this.#clock.nowNs) ?? 0;
  }

  start(backend: BackendIndex): void {
    this.pool.started(backend);
    this.#policy.onStart?.(backend, this.#clock.nowNs);
  }

  finish(backend: BackendIndex, outcome: Outcome, latencyNs: number): void {
    this.pool.finished(backend);
    this.#policy.onFinish?.(backend, outcome, latencyNs, this.#clock.nowNs);
  }

  report(backend: BackendIndex, report: LoadReport): void {
    this.#policy.onReport?.(backend, report, this.#clock.nowNs);
  }

  #rebuild(): void {
    this.#policy.rebuild(this.pool);
    this.#builtVersion = this.pool.version;
  }
}
