import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { Policy } from '../policy.ts';
import { mayKeep } from './may-keep.ts';
import { MemberTable } from './member-table.ts';
import { StickTable } from './stick-table.ts';

/**
 * JET, "just enough tracking" (Mendelson et al., CoNEXT 2020): a balancer remembers only flows that
 * would go elsewhere if those joined who are known to be able to: the horizon, here every member of
 * the pool that may not be picked now. With n backends at work and h in the horizon that is
 * h ÷ (n + h) of the flows, in place of all of them.
 *
 * Whoever joins from the horizon breaks nothing, under a policy that moves no key without need
 * (rendezvous, rings); Maglev moves some others, which are not remembered. Nor are most flows of a
 * backend that leaves or drains: JET takes it to be gone, and them to be lost.
 */
export class JetTable {
  readonly #balancer: Balancer;
  readonly #withHorizon: MemberTable;
  readonly #flows: StickTable;

  /** `full` is one more instance of the balancer's policy; size and expiry as `ConnectionTable`. */
  constructor(balancer: Balancer, full: Policy, size: number, expiryNs: number) {
    this.#balancer = balancer;
    this.#withHorizon = new MemberTable(balancer.pool, full);
    this.#flows = new StickTable(size, expiryNs);
  }

  /** Flows that are remembered now, expired ones included until they are met. */
  get trackedCount(): number {
    return this.#flows.entryCount;
  }

  /** Where the first packet of a flow goes. */
  open(flow: number, keyHash: number, nowNs: number): BackendIndex {
    const picked = this.#balancer.pick(keyHash, 0);
    if (picked !== NO_BACKEND && this.#withHorizon.named(keyHash, 0) !== picked) {
      this.#flows.store(flow, picked, nowNs);
    }
    return picked;
  }

  /** Where any other packet of it goes. */
  route(flow: number, keyHash: number, nowNs: number): BackendIndex {
    const known = this.#flows.find(flow, nowNs);
    const isKept = known !== NO_BACKEND && mayKeep(this.#balancer.pool, known);
    return isKept ? known : this.open(flow, keyHash, nowNs);
  }

  /** The backend leaves the pool: its flows are picked anew. */
  forget(backend: BackendIndex): void {
    this.#flows.forget(backend);
  }
}
