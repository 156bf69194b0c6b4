import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { PickRequest, Policy } from '../policy.ts';
import { PoolView } from '../pools/pool-view.ts';

/**
 * Whom a hashing policy would name if all members could be picked: as if all were well, and none
 * drained. Follows the pool; most changes of it change nothing here.
 */
export class MemberTable {
  readonly #pool: BackendTable;
  readonly #policy: Policy;
  readonly #isListed: (backend: BackendIndex) => boolean;
  readonly #request = { keyHash: 0, attempt: 0, nowNs: 0 } satisfies PickRequest;
  /** The pool that the table was brought in line with. */
  #version = -1;
  /** Who stands in it, and with what weight. */
  #listed: readonly BackendIndex[] = [];
  #weights: readonly number[] = [];

  /**
   * `policy` is one more instance of the balancer's; `isListed` says who stands in the table, where
   * that is not simply whoever is a member.
   */
  constructor(
    pool: BackendTable,
    policy: Policy,
    isListed: (backend: BackendIndex) => boolean = () => true,
  ) {
    this.#pool = pool;
    this.#policy = policy;
    this.#isListed = isListed;
  }

  named(flow: number, attempt: number): BackendIndex {
    if (this.#version !== this.#pool.version) this.#update();
    const request = this.#request;
    request.keyHash = flow;
    request.attempt = attempt;
    return this.#policy.pick(request);
  }

  #update(): void {
    const pool = this.#pool;
    this.#version = pool.version;
    const listed: BackendIndex[] = [];
    for (let slot = 0; slot < pool.slotCount; slot++) {
      const backend = slot as BackendIndex;
      const stands = pool.isMember(backend) && pool.weight(backend) > 0 && this.#isListed(backend);
      if (stands) listed.push(backend);
    }
    const weights = listed.map((backend) => pool.weight(backend));
    const isSame =
      listed.length === this.#listed.length &&
      listed.every((backend, i) => backend === this.#listed[i] && weights[i] === this.#weights[i]);
    if (isSame) return;
    this.#listed = listed;
    this.#weights = weights;
    this.#policy.rebuild(new PoolView(pool, listed));
  }
}
