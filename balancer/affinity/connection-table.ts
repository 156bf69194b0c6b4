import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import { mayKeep } from './may-keep.ts';
import { StickTable } from './stick-table.ts';

/** Whether a flow that was picked for a backend has to be remembered to stay there. */
export type IsTracked = (keyHash: number, picked: BackendIndex) => boolean;

const ALL: IsTracked = () => true;

/**
 * A balancer's own memory of its connections before a hashing policy (Maglev §3.3, Katran): a flow
 * stays with its backend although the table changed, while that one is well or drains. It breaks
 * when the packet reaches another balancer, whose memory is empty and whose table has changed, and
 * when the memory overflows.
 */
export class ConnectionTable {
  readonly #balancer: Balancer;
  readonly #flows: StickTable;
  readonly #isTracked: IsTracked;

  /**
   * Of at most `size` flows, each until it has had no packet for `expiryNs`; of all of them, unless
   * `isTracked` says that some find their way without it.
   */
  constructor(balancer: Balancer, size: number, expiryNs: number, isTracked = ALL) {
    this.#balancer = balancer;
    this.#flows = new StickTable(size, expiryNs);
    this.#isTracked = isTracked;
  }

  /** Flows that are remembered now, expired ones included until they are met. */
  get trackedCount(): number {
    return this.#flows.entryCount;
  }

  /** Where the first packet of a flow goes: nothing is looked up, as for Katran's SYNs. */
  open(flow: number, keyHash: number, nowNs: number): BackendIndex {
    const picked = this.#balancer.pick(keyHash, 0);
    if (picked === NO_BACKEND) return picked;
    if (this.#isTracked(keyHash, picked)) this.#flows.store(flow, picked, nowNs);
    // What is known of it is of an earlier connection.
    else this.#flows.remove(flow);
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
