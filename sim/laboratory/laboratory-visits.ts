import { grown } from '../kernel/columns.ts';
import { NO_VISIT } from '../pop/visits.ts';

/** Before it grows. */
const FIRST_CAPACITY = 1024;

/**
 * The table of a laboratory's visits: one slot for each request that waits for or holds a server
 * slot. Slots are given out in the order in which `Visits` does it, which the fingerprint sees.
 */
export class LaboratoryVisits {
  /** Arrival process that sent it. */
  process = new Int32Array(FIRST_CAPACITY);
  server = new Int32Array(FIRST_CAPACITY);
  /** Balancer that counts it; NONE where none does. */
  balancer = new Int32Array(FIRST_CAPACITY);
  /** Next in the server's queue, NO_VISIT at its end; or next free slot. */
  next = new Int32Array(FIRST_CAPACITY);
  enteredNs = new Float64Array(FIRST_CAPACITY);
  /** At the server that took it. */
  serviceNs = new Float64Array(FIRST_CAPACITY);
  #firstFree = 0;

  constructor() {
    this.#linkFree(0);
  }

  /** A slot whose columns the caller fills. */
  acquire(): number {
    if (this.#firstFree === NO_VISIT) this.#grow();
    const visit = this.#firstFree;
    this.#firstFree = this.next[visit]!;
    return visit;
  }

  release(visit: number): void {
    this.next[visit] = this.#firstFree;
    this.#firstFree = visit;
  }

  #linkFree(from: number): void {
    const { next } = this;
    for (let slot = from; slot < next.length; slot++) next[slot] = slot + 1;
    next[next.length - 1] = NO_VISIT;
    this.#firstFree = from;
  }

  #grow(): void {
    const from = this.next.length;
    const capacity = from * 2;
    this.process = grown(this.process, capacity);
    this.server = grown(this.server, capacity);
    this.balancer = grown(this.balancer, capacity);
    this.next = grown(this.next, capacity);
    this.enteredNs = grown(this.enteredNs, capacity);
    this.serviceNs = grown(this.serviceNs, capacity);
    this.#linkFree(from);
  }
}
