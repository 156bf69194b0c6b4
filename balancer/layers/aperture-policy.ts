import type { BackendIndex, BackendPool } from '../backend-pool.ts';
import { hash32 } from '../hashes/xxhash.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { LoadReport, Outcome } from '../ports.ts';
import { LoadBand, type LoadBandSettings } from '../subsetting/load-band.ts';
import { PolicyGroups } from './policy-groups.ts';

/**
 * Finagle's aperture that follows load, around a policy: the client has its own order of the
 * backends, by a hash under `clientSeed`, and uses so many of the first as its load band says.
 */
export class AperturePolicy implements Policy {
  readonly #band: LoadBand;
  readonly #groups: PolicyGroups;
  readonly #clientSeed: number;
  #pool: BackendPool | undefined;
  /** The eligible backends in this client's order. */
  #order: readonly BackendIndex[] = [];
  #isStale = true;

  constructor(policy: Policy, clientSeed: number, settings: Partial<LoadBandSettings> = {}) {
    this.#groups = new PolicyGroups(() => policy);
    this.#clientSeed = clientSeed;
    this.#band = new LoadBand(settings);
  }

  /** How many backends are in use. */
  get aperture(): number {
    return Math.min(this.#band.aperture, this.#order.length);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const placed = Array.from({ length: pool.eligibleCount }, (_, i) => {
      const backend = pool.eligibleAt(i);
      return { backend, place: hash32(pool.id(backend), this.#clientSeed) };
    });
    placed.sort((a, b) => a.place - b.place || a.backend - b.backend);
    this.#order = placed.map(({ backend }) => backend);
    this.#isStale = true;
  }

  pick(request: PickRequest): BackendIndex {
    if (this.#isStale) this.#narrow();
    return this.#groups.pick(0, request);
  }

  poolFor(request: PickRequest): BackendPool {
    if (this.#isStale) this.#narrow();
    return this.#groups.poolFor(0, request);
  }

  onStart(backend: BackendIndex, nowNs: number): void {
    if (this.#band.change(1, this.#order.length, nowNs)) this.#isStale = true;
    this.#groups.onStart(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    if (this.#band.change(-1, this.#order.length, nowNs)) this.#isStale = true;
    this.#groups.onFinish(backend, outcome, latencyNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    this.#groups.onReport(backend, report, nowNs);
  }

  #narrow(): void {
    const used = this.#order.slice(0, this.#band.aperture);
    this.#groups.rebuild(this.#pool!, [used.toSorted((a, b) => a - b)]);
    this.#isStale = false;
  }
}
