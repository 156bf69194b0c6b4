import type { BackendIndex } from '../backend-pool.ts';
import type { BackendTable } from '../backend-table.ts';
import type { Balancer } from '../balancer.ts';
import { PoolView } from '../around/pool-view.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { ForwardingTable } from './forwarding.ts';

/**
 * GLB's second chance, around any hashing policy: a packet that the first backend does not know is
 * passed on to whom a table of all members names, as if all were well and none drained; if that is
 * the first itself, to the one named next. While one member drains or is unhealthy, its old flows
 * find it by that detour; under `glb` this is the swapped pair of a row of the original. What began
 * meanwhile is found after its return where a second try names who takes over (rendezvous, rings).
 */
export class SecondChance implements ForwardingTable {
  readonly #balancer: Balancer;
  readonly #full: Policy;
  readonly #isListed: (backend: BackendIndex) => boolean;
  readonly #request = { keyHash: 0, attempt: 0, nowNs: 0 } satisfies PickRequest;
  /** The pool that the table was brought in line with. */
  #version = -1;
  /** Who stands in it, and with what weight. */
  #listed: readonly BackendIndex[] = [];
  #weights: readonly number[] = [];

  /**
   * `full` is one more instance of the balancer's policy; `isListed` says who stands in its table,
   * where that is not simply whoever is a member.
   */
  constructor(
    balancer: Balancer,
    full: Policy,
    isListed: (backend: BackendIndex) => boolean = () => true,
  ) {
    this.#balancer = balancer;
    this.#full = full;
    this.#isListed = isListed;
  }

  first(flow: number): BackendIndex {
    return this.#balancer.pick(flow, 0);
  }

  second(flow: number): BackendIndex {
    const { pool } = this.#balancer;
    if (this.#version !== pool.version) this.#update(pool);
    const named = this.#named(flow, 0);
    return named === this.first(flow) ? this.#named(flow, 1) : named;
  }

  #named(flow: number, attempt: number): BackendIndex {
    const request = this.#request;
    request.keyHash = flow;
    request.attempt = attempt;
    return this.#full.pick(request);
  }

  /** Who is well does not matter here, so most changes of the pool change nothing. */
  #update(pool: BackendTable): void {
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
    this.#full.rebuild(new PoolView(pool, listed));
  }
}
