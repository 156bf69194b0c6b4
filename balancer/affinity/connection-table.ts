import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import { StickTable } from './stick-table.ts';

/**
 * A balancer's own memory of its connections before a hashing policy (Maglev §3.3, Katran): a flow
 * stays with its backend although the table changed. It breaks when the packet reaches another
 * balancer, whose memory is empty and whose table has changed, and when the memory overflows.
 */
export class ConnectionTable {
  readonly #balancer: Balancer;
  readonly #flows: StickTable;

  constructor(balancer: Balancer, size: number, expiryNs: number) {
    this.#balancer = balancer;
    this.#flows = new StickTable(size, expiryNs);
  }

  /** Where a packet of the flow goes; a backend that is no longer eligible is left. */
  route(flow: number, nowNs: number): BackendIndex {
    const known = this.#flows.find(flow, nowNs);
    if (known !== NO_BACKEND && this.#balancer.pool.isEligible(known)) return known;
    const picked = this.#balancer.pick(flow, 0);
    if (picked !== NO_BACKEND) this.#flows.store(flow, picked, nowNs);
    return picked;
  }
}
