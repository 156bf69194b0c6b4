import type { BackendIndex } from '../backend-pool.ts';

/** What became of a request that arrived. */
export type Admission = 'started' | 'queued' | 'refused';

export interface ConnectionLimits {
  /** Requests under way at one backend (HAProxy's `maxconn`, Fastly's `max_conn`). */
  readonly perBackend: number;
  /** Requests that wait for one backend (`maxqueue`); Infinity without a limit. */
  readonly queue: number;
}

/** No request waits. */
export const NO_REQUEST = -1;

/**
 * Maximum connections with a queue, as in HAProxy: beyond `perBackend` requests wait, in order of
 * arrival, for the backend that they were sent to; who waits too long is taken out by whoever keeps
 * the time. Requests are small numbers of the holder's choice, ≥ 0, such as slots of a table, one
 * at a time each. Queues are lists through columns: nothing is allocated but when a column grows.
 */
export class ConnectionQueue {
  readonly #limits: ConnectionLimits;
  /** By backend. */
  #underWay = new Int32Array(8);
  #waiting = new Int32Array(8);
  #first = new Int32Array(8).fill(NO_REQUEST);
  #last = new Int32Array(8).fill(NO_REQUEST);
  /** By request: for whom it waits, and who stands before and behind it. */
  #backend = new Int32Array(8).fill(NOBODY);
  #before = new Int32Array(8);
  #behind = new Int32Array(8);

  constructor(limits: ConnectionLimits) {
    if (!(limits.perBackend >= 1)) throw new RangeError('a backend takes at least one connection');
    this.#limits = limits;
  }

  underWay(backend: BackendIndex): number {
    return this.#underWay[backend] ?? 0;
  }

  waiting(backend: BackendIndex): number {
    return this.#waiting[backend] ?? 0;
  }

  /** Whether the next one would start at once. */
  hasRoom(backend: BackendIndex): boolean {
    return this.underWay(backend) < this.#limits.perBackend && this.waiting(backend) === 0;
  }

  arrive(request: number, backend: BackendIndex): Admission {
    if (backend >= this.#underWay.length) this.#growBackends(backend);
    if (this.hasRoom(backend)) {
      this.#underWay[backend]!++;
      return 'started';
    }
    if (this.waiting(backend) >= this.#limits.queue) return 'refused';
    if (request >= this.#backend.length) this.#growRequests(request);
    if (this.#backend[request] !== NOBODY) throw new Error(`request ${request} waits already`);
    const last = this.#last[backend]!;
    this.#backend[request] = backend;
    this.#before[request] = last;
    this.#behind[request] = NO_REQUEST;
    if (last === NO_REQUEST) this.#first[backend] = request;
    else this.#behind[last] = request;
    this.#last[backend] = request;
    this.#waiting[backend]!++;
    return 'queued';
  }

  /** One under way ended: the request that takes its place, or `NO_REQUEST`. */
  finish(backend: BackendIndex): number {
    if (this.underWay(backend) === 0) throw new Error(`nothing is under way at backend ${backend}`);
    const next = this.#first[backend]!;
    if (next === NO_REQUEST) this.#underWay[backend]!--;
    else this.abandon(next);
    return next;
  }

  /** A request waits no longer; false when it does not wait. */
  abandon(request: number): boolean {
    const backend = this.#backend[request] ?? NOBODY;
    if (backend === NOBODY) return false;
    const before = this.#before[request]!;
    const behind = this.#behind[request]!;
    if (before === NO_REQUEST) this.#first[backend] = behind;
    else this.#behind[before] = behind;
    if (behind === NO_REQUEST) this.#last[backend] = before;
    else this.#before[behind] = before;
    this.#backend[request] = NOBODY;
    this.#waiting[backend]!--;
    return true;
  }

  /** The backend died: all who wait for it, in order, to be sent elsewhere (`redispatch`). */
  takeAll(backend: BackendIndex): number[] {
    const taken: number[] = [];
    for (let next = this.#first[backend] ?? NO_REQUEST; next !== NO_REQUEST;) {
      taken.push(next);
      this.abandon(next);
      next = this.#first[backend]!;
    }
    return taken;
  }

  #growBackends(backend: number): void {
    const length = 2 * (backend + 1);
    this.#underWay = grown(this.#underWay, length, 0);
    this.#waiting = grown(this.#waiting, length, 0);
    this.#first = grown(this.#first, length, NO_REQUEST);
    this.#last = grown(this.#last, length, NO_REQUEST);
  }

  #growRequests(request: number): void {
    const length = 2 * (request + 1);
    this.#backend = grown(this.#backend, length, NOBODY);
    this.#before = grown(this.#before, length, NO_REQUEST);
    this.#behind = grown(this.#behind, length, NO_REQUEST);
  }
}

/** The backend of a request that does not wait. */
const NOBODY = -1;

function grown(column: Int32Array, length: number, fill: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length).fill(fill);
  longer.set(column);
  return longer;
}
