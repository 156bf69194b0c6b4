import type { BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { Policy } from '../policy.ts';
import type { ForwardingTable } from './forwarding.ts';
import { MemberTable } from './member-table.ts';

/**
 * GLB's second chance, around any hashing policy: a packet that the first backend does not know is
 * passed on to whom a table of all members names, as if all were well and none drained; if that is
 * the first itself, to the one named next. While one member drains or is unhealthy, its old flows
 * find it by that detour; under `glb` this is the swapped pair of a row of the original. What began
 * meanwhile is found after its return where a second try names who takes over (rendezvous, rings).
 */
export class SecondChance implements ForwardingTable {
  readonly #balancer: Balancer;
  readonly #full: MemberTable;

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
    this.#full = new MemberTable(balancer.pool, full, isListed);
  }

  first(flow: number): BackendIndex {
    return this.#balancer.pick(flow, 0);
  }

  second(flow: number): BackendIndex {
    const named = this.#full.named(flow, 0);
    return named === this.first(flow) ? this.#full.named(flow, 1) : named;
  }
}
