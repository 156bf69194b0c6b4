import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import { mayKeep } from './may-keep.ts';
import { StickTable } from './stick-table.ts';

/**
 * A balancer's own memory of its connections before a hashing policy (Maglev §3.3, Katran): a flow
 * stays with its backend although the table changed, while that one is well or drains. It breaks
 * when the packet reaches another balancer, whose memory is empty and whose table has changed, and
 * when the memory overflows.
 */
export class ConnectionTable {
  readonly #balancer: Balancer;
  readonly #flows: StickTable;

  /** Of at most `size` flows, each until it has had no packet for `expiryNs`. */
  constructor(balancer: Balancer, size: number, expiryNs: number) {
    this.#balancer = balancer;
    this.#flows = new StickTable(size, expiryNs);
  }

  /** Where the first packet of a flow goes: nothing is looked up, as for Katran's SYNs. */
  open(flow: number, keyHash: number, nowNs: number): BackendIndex {
    const picked = this.#balancer.pick(keyHash, 0);
    if (picked !== NO_BACKEND) this.#flows.store(flow, picked, nowNs);
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
