import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome } from '../ports.ts';
import { LoadBound } from '../rings/load-limit.ts';

/**
 * Bounded loads (Mirrokni, Thorup & Zadimoghaddam 2018) around any policy that looks at keys: a key
 * whose backend is full goes where its retries would go, and no backend ever holds more than
 * ⌈c · (m + 1) · share⌉ of m requests in flight. `load_bound` of rings and tables is the same,
 * faster.
 */
export class BoundedLoadPolicy implements Policy {
  readonly #inner: Policy;
  readonly #bound: LoadBound;
  readonly #request = { keyHash: 0, keyLow: -1, attempt: 0, nowNs: 0 } satisfies PickRequest;
  #pool: BackendPool | undefined;

  /** `bound` is above 1, such as 1.25. */
  constructor(inner: Policy, bound: number) {
    if (!(bound > 1)) throw new RangeError(`a load bound is above 1, got ${bound}`);
    this.#inner = inner;
    this.#bound = new LoadBound(bound);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#inner.rebuild(pool);
    const owners = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    this.#bound.rebuild(pool, owners);
  }

  pick({ keyHash, keyLow = -1, attempt, nowNs }: PickRequest): BackendIndex {
    const request = this.#request;
    request.keyHash = keyHash;
    request.keyLow = keyLow;
    request.nowNs = nowNs;
    const count = this.#pool!.eligibleCount;
    let toPass = attempt;
    let last = NO_BACKEND;
    for (request.attempt = 0; request.attempt < count; request.attempt++) {
      const backend = this.#inner.pick(request);
      if (!this.#bound.hasRoom(backend)) continue;
      last = backend;
      if (toPass-- === 0) return backend;
    }
    // More attempts than backends with room: the last that has some.
    return last;
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
