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
 * the time. Requests are numbers of the holder's choice, ≥ 0, one at a time each.
 */
export class ConnectionQueue {
  readonly #limits: ConnectionLimits;
  readonly #underWay = new Map<BackendIndex, number>();
  /** By backend: who waits for it, in order of arrival. */
  readonly #waiting = new Map<BackendIndex, Set<number>>();

  constructor(limits: ConnectionLimits) {
    if (!(limits.perBackend >= 1)) throw new RangeError('a backend takes at least one connection');
    this.#limits = limits;
  }

  underWay(backend: BackendIndex): number {
    return this.#underWay.get(backend) ?? 0;
  }

  waiting(backend: BackendIndex): number {
    return this.#waiting.get(backend)?.size ?? 0;
  }

  /** Whether the next one would start at once. */
  hasRoom(backend: BackendIndex): boolean {
    return this.underWay(backend) < this.#limits.perBackend && this.waiting(backend) === 0;
  }

  arrive(request: number, backend: BackendIndex): Admission {
    if (this.hasRoom(backend)) {
      this.#underWay.set(backend, this.underWay(backend) + 1);
      return 'started';
    }
    if (this.waiting(backend) >= this.#limits.queue) return 'refused';
    const waiting = this.#waiting.get(backend) ?? new Set<number>();
    this.#waiting.set(backend, waiting.add(request));
    return 'queued';
  }

  /** One under way ended: the request that takes its place, or `NO_REQUEST`. */
  finish(backend: BackendIndex): number {
    const underWay = this.underWay(backend);
    if (underWay === 0) throw new Error(`nothing is under way at backend ${backend}`);
    const waiting = this.#waiting.get(backend);
    for (const request of waiting ?? []) {
      waiting!.delete(request);
      return request;
    }
    this.#underWay.set(backend, underWay - 1);
    return NO_REQUEST;
  }

  /** A waiting request gave up; false when it does not wait there. */
  abandon(request: number, backend: BackendIndex): boolean {
    return this.#waiting.get(backend)?.delete(request) ?? false;
  }

  /** The backend died: all who wait for it, in order, to be sent elsewhere (`redispatch`). */
  takeAll(backend: BackendIndex): number[] {
    const waiting = [...(this.#waiting.get(backend) ?? [])];
    this.#waiting.delete(backend);
    return waiting;
  }
}
