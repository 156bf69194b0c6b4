import { grown } from '../kernel/columns.ts';

export type VisitIndex = number & { readonly brand: 'VisitIndex' };

export const NO_VISIT = -1 as VisitIndex;

/** Free → Waiting → Serving → Free; Abandoned is a waiting visit whose owner has left. */
export const VisitState = { Free: 0, Waiting: 1, Serving: 2, Abandoned: 3 } as const;
export type VisitState = (typeof VisitState)[keyof typeof VisitState];

/**
 * The table of visits: one slot for each piece of work that waits for or holds a server slot. The
 * owner is the request or fetch that sent it, or NO_OWNER once nobody waits for the result (a
 * server does not know that its client hung up: it finishes the work).
 */
export class Visits {
  capacity: number;
  #firstFree = 0;
  #enteredCount = 0;

  owner: Int32Array;
  server: Int32Array;
  state: Uint8Array;
  generation: Uint16Array;
  workNs: Float64Array;
  enteredNs: Float64Array;
  /** Number of the entry, over all servers: who came first when both came at one instant. */
  order: Float64Array;
  /** Virtual time at which the work is done (processor sharing). */
  finishTag: Float64Array;
  /** Next in the server's queue, or next free slot. */
  next: Int32Array;

  constructor(capacity = 1024) {
    this.capacity = capacity;
    this.owner = new Int32Array(capacity);
    this.server = new Int32Array(capacity);
    this.state = new Uint8Array(capacity);
    this.generation = new Uint16Array(capacity);
    this.workNs = new Float64Array(capacity);
    this.enteredNs = new Float64Array(capacity);
    this.order = new Float64Array(capacity);
    this.finishTag = new Float64Array(capacity);
    this.next = new Int32Array(capacity);
    this.#linkFree(0);
  }

  acquire(owner: number, server: number, workNs: number, nowNs: number): VisitIndex {
    if (this.#firstFree === NO_VISIT) this.#grow();
    const visit = this.#firstFree;
    this.#firstFree = this.next[visit]!;
    this.owner[visit] = owner;
    this.server[visit] = server;
    this.workNs[visit] = workNs;
    this.enteredNs[visit] = nowNs;
    this.order[visit] = this.#enteredCount++;
    this.next[visit] = NO_VISIT;
    return visit as VisitIndex;
  }

  release(visit: number): void {
    this.state[visit] = VisitState.Free;
    this.generation[visit] = (this.generation[visit]! + 1) & 0xffff;
    this.next[visit] = this.#firstFree;
    this.#firstFree = visit;
  }

  #linkFree(from: number): void {
    for (let slot = from; slot < this.capacity - 1; slot++) this.next[slot] = slot + 1;
    this.next[this.capacity - 1] = NO_VISIT;
    this.#firstFree = from;
  }

  #grow(): void {
    const from = this.capacity;
    const capacity = from * 2;
    this.capacity = capacity;
    this.owner = grown(this.owner, capacity);
    this.server = grown(this.server, capacity);
    this.state = grown(this.state, capacity);
    this.generation = grown(this.generation, capacity);
    this.workNs = grown(this.workNs, capacity);
    this.enteredNs = grown(this.enteredNs, capacity);
    this.order = grown(this.order, capacity);
    this.finishTag = grown(this.finishTag, capacity);
    this.next = grown(this.next, capacity);
    this.#linkFree(from);
  }
}
