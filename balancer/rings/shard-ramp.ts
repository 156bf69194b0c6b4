import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

export interface ShardRampSettings {
  /** Probability that a key of a well backend goes to the alternative. */
  readonly warmup: number;
  /** How long a backend that came back shares its keys with the alternative. */
  readonly rampupNs: number;
}

/**
 * Varnish's warmup and rampup (shard director) around a ring: the alternative is where the key's
 * first retry would go. While a backend that came back is younger than `rampupNs`, its keys go to
 * the alternative with a probability that falls from 1 to 0, so that its cold cache is not
 * overrun; afterwards with probability `warmup`, so that the alternative's cache knows them should
 * it have to take over. An alternative that ramps up itself takes nothing. Retries are left alone.
 *
 * A backend's age counts from the first pick after it became eligible; those of the first rebuild
 * have none.
 */
export class ShardRamp implements Policy {
  readonly #inner: Policy;
  readonly #settings: ShardRampSettings;
  readonly #random: RandomSource;
  readonly #alternative = { keyHash: 0, keyLow: -1, attempt: 1, nowNs: 0 } satisfies PickRequest;
  #pool: BackendPool | undefined;
  /** By slot: since when it is eligible; NaN while it is not. */
  #sinceNs = new Float64Array(0);
  readonly #fresh: BackendIndex[] = [];

  constructor(inner: Policy, settings: ShardRampSettings, random: RandomSource) {
    this.#inner = inner;
    this.#settings = settings;
    this.#random = random;
  }

  rebuild(pool: BackendPool): void {
    this.#inner.rebuild(pool);
    const isFirst = this.#pool === undefined;
    this.#pool = pool;
    const sinceNs = new Float64Array(pool.slotCount).fill(Number.NaN);
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      const before = this.#sinceNs[backend] ?? Number.NaN;
      sinceNs[backend] = Number.isNaN(before) ? -Infinity : before;
      if (Number.isNaN(before) && !isFirst) this.#fresh.push(backend);
    }
    this.#sinceNs = sinceNs;
  }

  pick(request: PickRequest): BackendIndex {
    const { nowNs } = request;
    while (this.#fresh.length > 0) this.#sinceNs[this.#fresh.pop()!] = nowNs;
    const backend = this.#inner.pick(request);
    if (request.attempt > 0 || this.#pool!.eligibleCount < 2) return backend;
    if (this.#random() >= this.#shareOfAlternative(backend, nowNs)) return backend;
    const alternative = this.#alternative;
    alternative.keyHash = request.keyHash;
    alternative.keyLow = request.keyLow ?? -1;
    alternative.nowNs = nowNs;
    const other = this.#inner.pick(alternative);
    return this.#isRamping(other, nowNs) ? backend : other;
  }

  #shareOfAlternative(backend: BackendIndex, nowNs: number): number {
    if (!this.#isRamping(backend, nowNs)) return this.#settings.warmup;
    return 1 - (nowNs - this.#sinceNs[backend]!) / this.#settings.rampupNs;
  }

  #isRamping(backend: BackendIndex, nowNs: number): boolean {
    return nowNs - this.#sinceNs[backend]! < this.#settings.rampupNs;
  }
}
